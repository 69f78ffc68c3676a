/** Asks one store of a database; resolves once the browser has kept what was changed. */
export type Ask = <T>(
  store: string,
  mode: IDBTransactionMode,
  what: (store: IDBObjectStore) => IDBRequest<T> | IDBRequest,
) => Promise<T>

/** A database of this browser. It is opened for each question, so that no tab stands in the way of another that renews it. */
export function databaseOf(name: string, make: (database: IDBDatabase) => void): Ask {
  const opened = (): Promise<IDBDatabase> => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => make(request.result)
    return settled(request)
  }
  return async <T>(
    storeName: string,
    mode: IDBTransactionMode,
    what: (store: IDBObjectStore) => IDBRequest<T> | IDBRequest,
  ): Promise<T> => {
    const database = await opened()
    try {
      const transaction = database.transaction(storeName, mode)
      const answer = (await settled(what(transaction.objectStore(storeName)))) as T
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('the browser has not kept it'))
      })
      return answer
    } finally {
      database.close()
    }
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'))
  })
}
