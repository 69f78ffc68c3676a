export { Projections, type ProjectionsOptions, type ProjectionsStatus, projectionPaths } from './projections.ts'
export type { Asked } from './questions.ts'
