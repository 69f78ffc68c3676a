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
  'sample.not.yet': ['尚未登记在账本上', 'Not on the ledger yet'],
  'keys.title': ['本浏览器的密钥', 'Keys of this browser'],
  'keys.lead': [
    '以口令加密，并由浏览器内不可导出的密钥再包一层；换浏览器请用密钥文件。',
    'Sealed by a passphrase and once more by a key that cannot leave the browser. To move, use a key file.',
  ],
  'keys.none': [
    '本浏览器尚无密钥。可新建，或导入命令行的密钥文件。',
    'This browser keeps no key. Make one, or import a key file of the command line.',
  ],
  'keys.insecure': [
    '此页面未经加密连接打开，浏览器不提供密码功能：请用 https 或本机地址打开。',
    'This page came over a connection in the clear, where browsers offer no cryptography: open it by https or on this machine.',
  ],
  'key.org': ['市场成员', 'Organisation'],
  'key.id': ['密钥', 'Key'],
  'key.scheme': ['算法', 'Scheme'],
  'key.kept': ['存入时间', 'Kept since'],
  'key.actions': ['操作', 'Actions'],
  'key.unlock': ['登录', 'Sign in'],
  'key.export': ['导出', 'Export'],
  'key.forget': ['删除', 'Remove'],
  'key.new': ['新建密钥', 'New key'],
  'key.import': ['导入密钥文件', 'Import a key file'],
  'key.public': ['公钥', 'Public key'],
  'key.made': ['密钥已建', 'The key is made'],
  'key.made.seen': ['知道了', 'Understood'],
  'key.made.next': [
    '请将公钥交给本单位已登记的经办人（业务“增加密钥”），或交给接纳本单位的机构；登记后即可使用。',
    'Hand the public key to a person of your organisation who is on record (act “Add a key”), or to whoever admits you. Once on record it can be used.',
  ],
  passphrase: ['口令', 'Passphrase'],
  'passphrase.again': ['再输一次', 'Once more'],
  'passphrase.differs': ['两次口令不同', 'The two differ'],
  'passphrase.short': ['口令至少 8 个字符', 'A passphrase has 8 characters at least'],
  'passphrase.wrong': ['口令不对，或密钥已损坏', 'The passphrase is wrong, or the key is damaged'],
  'passphrase.of.file': ['密钥文件的口令', 'Passphrase of the key file'],
  'passphrase.for.open.file': ['该文件未加密，请为其设置口令', 'The file is not sealed: choose a passphrase for it'],
  'file.not.a.key': ['不是密钥文件', 'This is not a key file'],
  'forget.sure': [
    '删除 {{org}} 的密钥？没有备份将无法恢复。',
    'Remove the key of {{org}}? Without a copy it is gone for good.',
  ],
  working: ['正在加密，约需一秒', 'Sealing, about a second'],
  cancel: ['取消', 'Cancel'],
})
