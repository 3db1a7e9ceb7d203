import { expect, it } from 'vitest'
import { withNames } from './name'

it.each([
  ['w/lab/shop/Deployment/web', 'shop/web'],
  ['flow w/lab/shop/Deployment/search -> w/lab/shop/Deployment/catalog 8080/tcp destination', 'flow shop/search -> shop/catalog 8080/tcp destination'],
  ['rollout: w/lab/shop/Deployment/web, at 10:00', 'rollout: shop/web, at 10:00'],
  ['n/lab/node-a/containerd to e/s3/us-east-1/s3', 'node-a/containerd to s3'],
  ['e/internet//pay%2Fments', 'pay/ments'],
  ['images registry.example/shop/catalog:1.0.0 to registry.example/shop/catalog:2.0.0', 'images registry.example/shop/catalog:1.0.0 to registry.example/shop/catalog:2.0.0'],
  ['nothing of ids: 100%25 sure', 'nothing of ids: 100%25 sure'],
])('shows names for ids in %s', (text, want) => expect(withNames(text)).toBe(want))
