import { NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from './colors'

/** What the shape program reads of a node beside sigma's own fields. */
export interface ShapeData extends NodeDisplayData {
  /** 0 disc, 1 square, 2 diamond, 3 ring. */
  readonly shape: number
  readonly rim: string
}

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec4 a_id;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform vec2 u_half;
uniform float u_sizeRatio;

varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_offset; // pixels from the middle
varying float v_radius;
varying float v_shape;

void main() {
  v_radius = a_size / u_sizeRatio;
  v_offset = a_corner * (v_radius * 1.25 + 3.0);
  v_shape = a_shape;
  v_rim = a_rim;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  gl_Position = vec4((u_matrix * vec3(a_position, 1.0)).xy + v_offset / u_half, 0.0, 1.0);
}
`

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_offset;
varying float v_radius;
varying float v_shape;

// Signed distance to the outline in pixels, negative inside; the shapes have about equal areas.
float outline() {
  vec2 p = abs(v_offset);
  if (v_shape > 1.5 && v_shape < 2.5) return (p.x + p.y - v_radius * 1.25) * 0.7071;
  if (v_shape > 0.5 && v_shape < 1.5) return max(p.x, p.y) - v_radius * 0.89;
  return length(p) - v_radius;
}

void main() {
  float d = outline();
  #ifdef PICKING_MODE
  if (d > 2.0) discard;
  gl_FragColor = v_color;
  #else
  float inside = clamp(0.5 - d, 0.0, 1.0);
  float halo = clamp(2.5 - d, 0.0, 1.0);
  vec4 fill = v_shape > 2.5 && d < -3.5 ? v_rim : v_color;
  gl_FragColor = mix(v_rim * halo, fill, inside);
  #endif
}
`

const UNIFORMS = ['u_matrix', 'u_half', 'u_sizeRatio'] as const

/** Draws a node as the shape of its kind, with a rim in the ground's colour that parts it from lines. */
export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_rim', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 1, type: FLOAT },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [1, 1]],
    }
  }

  override processVisibleItem(pickColor: number, start: number, data: ShapeData): void {
    this.array.set([data.x, data.y, floatColor(data.color), floatColor(data.rim), pickColor, data.size, data.shape], start)
  }

  override setUniforms({ matrix, width, height, sizeRatio }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations['u_matrix'] ?? null, false, matrix)
    gl.uniform2f(uniformLocations['u_half'] ?? null, width / 2, height / 2)
    gl.uniform1f(uniformLocations['u_sizeRatio'] ?? null, sizeRatio)
  }
}
