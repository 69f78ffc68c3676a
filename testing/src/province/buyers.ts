/** Users and retailers of the sample province. All are invented, names and needs alike. */
export interface Buyer {
  readonly org: string
  readonly name: string
  readonly role: 'user' | 'retailer'
  /** Mean power over the month. */
  readonly needMw: number
  /** When it is needed: around the clock, by day, in the evening, or rather at night. */
  readonly shape: 'flat' | 'day' | 'evening' | 'night'
  /** The part of the need not yet under contract. */
  readonly openPermille: number
}

const user = (org: string, name: string, needMw: number, shape: Buyer['shape'], openPermille: number): Buyer => ({
  org,
  name: `${name}（示例）`,
  role: 'user',
  needMw,
  shape,
  openPermille,
})

const retailer = (org: string, name: string, needMw: number, shape: Buyer['shape'], openPermille: number): Buyer => ({
  ...user(org, name, needMw, shape, openPermille),
  role: 'retailer',
})

export const buyers: readonly Buyer[] = [
  user('LVYE', '广元铝业', 900, 'flat', 300),
  user('DUOJINGGUI', '乐山多晶硅', 1150, 'flat', 350),
  user('GUIPIAN', '成都硅片', 420, 'flat', 320),
  user('TEGANG', '江油特钢', 380, 'night', 300),
  user('GANGTIE', '达州钢铁', 450, 'night', 280),
  user('TAICAI', '攀西钛材', 520, 'flat', 300),
  user('HUANGLIN', '德阳黄磷', 260, 'night', 360),
  user('SHUINI', '峨眉水泥', 180, 'night', 300),
  user('LVJIAN', '宜宾氯碱', 340, 'flat', 300),
  user('LIDIAN', '宜宾锂电', 560, 'flat', 340),
  user('BOLI', '内江玻璃', 150, 'flat', 300),
  user('SUANLI', '天府算力中心', 400, 'flat', 400),
  user('GUIDAO', '成都轨道牵引', 240, 'evening', 250),
  retailer('SHUYUAN', '蜀源售电', 980, 'day', 350),
  retailer('MINJIANG', '岷江售电', 760, 'day', 330),
  retailer('JINSHA', '金沙售电', 640, 'evening', 340),
  retailer('TIANFU', '天府售电', 1100, 'day', 350),
  retailer('QINGYI', '青衣售电', 420, 'evening', 320),
  retailer('FUJIANG', '涪江售电', 510, 'day', 350),
  retailer('TUOJIANG', '沱江售电', 560, 'evening', 330),
  retailer('PANXI', '攀西售电', 470, 'flat', 320),
  retailer('CHUANDONG', '川东售电', 620, 'evening', 350),
  retailer('LONGQUAN', '龙泉售电', 380, 'day', 340),
  retailer('XILING', '西岭售电', 330, 'evening', 340),
  retailer('DUJIANGYAN', '都江堰售电', 290, 'day', 360),
]
