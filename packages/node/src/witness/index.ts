export { Witness } from './witness.ts'
