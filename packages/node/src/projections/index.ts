export { type ListsHere, type ListsPlace, listsPlace, projectionsBeside } from './open.ts'
export { Projections, type ProjectionsOptions, type ProjectionsStatus, projectionPaths } from './projections.ts'
