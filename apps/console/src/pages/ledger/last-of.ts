/** What people call a row: the last part of its key. */
export const lastOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
