export * from './headers.ts'
export * from './parties.ts'
export { Random } from '../sim/random.ts'
