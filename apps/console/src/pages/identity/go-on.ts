import { useNavigate, useSearchParams } from 'react-router'

/** Goes on to where one was sent from to sign in (`?back=`), else to the sessions. */
export function useGoOn(): () => void {
  const go = useNavigate()
  const [params] = useSearchParams()
  const back = params.get('back')
  // A path of this console and nothing else.
  return () => void go(back !== null && /^\/(?!\/)/.test(back) ? back : '/sessions')
}
