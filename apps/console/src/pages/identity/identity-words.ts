import { defineWords } from '../../i18n/words.ts'

/** Words of signing in and of keys. */
export const identityWords = defineWords('identity', {
  title: ['登录', 'Sign in'],
  lead: [
    '每一笔业务都在本浏览器中签名，私钥不会离开这台机器。',
    'Every act is signed in this browser; the private key never leaves this machine.',
  ],
  'sample.title': ['示例身份', 'Sample identities'],
  'sample.lead': [
    '仅演示链提供，密钥公开，点一下即登录。',
    'Only a demo chain has them; their keys are public. One press signs in.',
  ],
})
