/**
 * Does something while no other tab of this browser does anything by the same name; `onWait` says that it has to wait. A tab
 * that is closed, or crashes, holds nothing up. Where the browser has no such locks (a page in the clear), it is done at once.
 */
export async function whileAlone<T>(name: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  const { locks } = navigator as { readonly locks?: LockManager }
  if (locks === undefined) return work()
  const first = await locks.request(name, { ifAvailable: true }, async (lock) =>
    lock === null ? undefined : { done: await work() },
  )
  if (first !== undefined) return first.done
  onWait?.()
  return locks.request(name, work)
}
