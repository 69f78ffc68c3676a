export * from './headers.ts'
export * from './parties.ts'
export * from './source.ts'
export { Random } from '../sim/random.ts'
