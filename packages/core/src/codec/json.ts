/** A value that canonical JSON can carry: no `null`, no fraction, no integer past ±(2^53−1). */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

/** CODEC-5: arrays and objects may nest this deep; the outermost one is level 1. */
export const depthMax = 16

/** Names that reach an object's prototype in some JavaScript code or other (CODEC-4). */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}
