/** A value that canonical JSON can carry: no `null`, no fraction, no integer past ±(2^53−1). */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

/** CODEC-5: arrays and objects may nest this deep; the outermost one is level 1. */
export const depthMax = 16

/** Names that reach an object's prototype in some JavaScript code or other (CODEC-4). */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

/** An object's own keys, ascending by UTF-16 code unit. What was read as canonical has them in that order already. */
export function keysInOrder(fields: object): readonly string[] {
  // oxlint-disable-next-line dujiang/stated-order -- the order is looked at in the next line
  const keys = Object.keys(fields)
  for (let i = 1; i < keys.length; i++) if ((keys[i] as string) < (keys[i - 1] as string)) return keys.sort()
  return keys
}
