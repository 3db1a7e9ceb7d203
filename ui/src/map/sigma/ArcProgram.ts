import { EdgeProgram, type ProgramInfo } from 'sigma/rendering'
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from './colors'

/** What the arc program reads of an edge beside sigma's own fields. */
export interface ArcData extends EdgeDisplayData {
  readonly bend: number
  readonly dashPeriod: number
  readonly dashDrawn: number
}

const SEGMENTS = 14
const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext

// The curve is computed in screen pixels, so that width, bend and dashes look the same at any zoom.
const VERTEX = /* glsl */ `
attribute vec2 a_source;
attribute vec2 a_destination;
attribute vec4 a_color;
attribute vec4 a_id;
attribute float a_width;
attribute vec3 a_style; // bend, dash period, dash share
attribute vec2 a_step;  // 0..1 along the arc, -1 or 1 across it

uniform mat3 u_matrix;
uniform vec2 u_half;      // half of the screen in pixels
uniform float u_sizeRatio;

varying vec4 v_color;
varying float v_across;   // pixels from the middle line
varying float v_halfWidth;
varying float v_along;    // pixels from the source
varying vec2 v_dash;

void main() {
  vec2 a = (u_matrix * vec3(a_source, 1.0)).xy * u_half;
  vec2 b = (u_matrix * vec3(a_destination, 1.0)).xy * u_half;
  vec2 chord = b - a;
  float chordLength = max(length(chord), 0.001);
  vec2 control = (a + b) / 2.0 + vec2(-chord.y, chord.x) * a_style.x;
  if (chordLength < 0.5) {
    // From a node to itself: a loop above it; the bend then is the node's radius in pixels.
    float r = a_style.x / u_sizeRatio;
    control = a + vec2(0.0, r * 5.0);
    b = a + vec2(r, r * 0.4);
    a = a + vec2(-r, r * 0.4);
    chordLength = r * 5.0;
  }
  float t = a_step.x;
  vec2 point = mix(mix(a, control, t), mix(control, b, t), t);
  vec2 tangent = normalize(mix(control - a, b - control, t) + vec2(0.0001));
  // Thick where the bytes leave, thin where they arrive: the direction without arrowheads.
  float halfWidth = max(0.6, a_width / u_sizeRatio * mix(0.5, 0.16, t));
  float reach = halfWidth + 1.0;
  #ifdef PICKING_MODE
  reach = halfWidth + 3.0;
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  v_halfWidth = halfWidth;
  v_across = a_step.y * reach;
  v_along = t * chordLength;
  v_dash = a_style.yz;
  gl_Position = vec4((point + vec2(-tangent.y, tangent.x) * v_across) / u_half, 0.0, 1.0);
}
`

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying float v_across;
varying float v_halfWidth;
varying float v_along;
varying vec2 v_dash;

void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float cover = clamp(v_halfWidth + 0.5 - abs(v_across), 0.0, 1.0);
  if (v_dash.x > 0.0 && fract(v_along / v_dash.x) > v_dash.y) cover = 0.0;
  gl_FragColor = v_color * cover;
  #endif
}
`

const UNIFORMS = ['u_matrix', 'u_half', 'u_sizeRatio'] as const

/** Draws a transfer as a tapering arc, dashed by its path class. */
export class ArcProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    const steps: number[][] = []
    for (let step = 0; step <= SEGMENTS; step++) steps.push([step / SEGMENTS, -1], [step / SEGMENTS, 1])
    return {
      VERTICES: steps.length,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_source', size: 2, type: FLOAT },
        { name: 'a_destination', size: 2, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_width', size: 1, type: FLOAT },
        { name: 'a_style', size: 3, type: FLOAT },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_step', size: 2, type: FLOAT }],
      CONSTANT_DATA: steps,
    }
  }

  override processVisibleItem(pickColor: number, start: number, source: NodeDisplayData, destination: NodeDisplayData, data: ArcData): void {
    this.array.set(
      [source.x, source.y, destination.x, destination.y, floatColor(data.color), pickColor, data.size, data.bend, data.dashPeriod, data.dashDrawn],
      start,
    )
  }

  override setUniforms({ matrix, width, height, sizeRatio }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations['u_matrix'] ?? null, false, matrix)
    gl.uniform2f(uniformLocations['u_half'] ?? null, width / 2, height / 2)
    gl.uniform1f(uniformLocations['u_sizeRatio'] ?? null, sizeRatio)
  }
}
