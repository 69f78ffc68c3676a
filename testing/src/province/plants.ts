import type { DispatchLevel } from '@dujiang/market'

/**
 * The sample province's plants: real names and capacities. Capacity, owner and river after the Global Energy Monitor
 * trackers (hydropower May 2023, coal July 2023; Global Energy Monitor, CC BY 4.0), compared with the WRI Global Power
 * Plant Database (World Resources Institute, CC BY 4.0). Where the two disagree the tracker is followed, but for 向家坝,
 * whose 6400 MW leave out the 1350 MW of its extension. What the plants bid here is invented.
 */
export interface Plant {
  readonly id: string
  readonly name: string
  readonly org: string
  readonly fuel: 'hydro' | 'coal'
  readonly capacityMw: number
  /** River of a hydro plant, place of another. */
  readonly at: string
  /** Storage follows the evening peak; a run-of-river plant takes what comes. */
  readonly kind: 'storage' | 'run-of-river' | 'coal'
  readonly dispatchLevel: DispatchLevel
  readonly levelAssumed: boolean
}

/** Why no level below is more than an assumption, in both languages. */
export const LEVELS_ARE_ASSUMED = {
  zh: '调度层级未查到可公开引用的文件，均为假定：金沙江下游电站按国调，雅砻江下游大型电站按国调或网调，其余按省调',
  en: 'No document that may be cited gives the dispatch levels, so all are assumed: the great plants of the lower Jinsha are taken as national, those of the lower Yalong as national or regional, all others as provincial',
}

const provincial = (
  id: string,
  name: string,
  org: string,
  capacityMw: number,
  at: string,
  kind: Plant['kind'] = 'storage',
): Plant => ({
  id,
  name,
  org,
  fuel: kind === 'coal' ? 'coal' : 'hydro',
  capacityMw,
  at,
  kind,
  dispatchLevel: 'provincial',
  levelAssumed: true,
})

const above = (
  id: string,
  name: string,
  org: string,
  capacityMw: number,
  at: string,
  dispatchLevel: 'national' | 'regional',
): Plant => ({ id, name, org, fuel: 'hydro', capacityMw, at, kind: 'storage', dispatchLevel, levelAssumed: true })

/** Plants whose units bid. */
export const biddingPlants: readonly Plant[] = [
  provincial('pubugou', '瀑布沟水电站', 'DADUHE', 3600, '大渡河'),
  provincial('dagangshan', '大岗山水电站', 'DADUHE', 2600, '大渡河'),
  provincial('houziyan', '猴子岩水电站', 'DADUHE', 1700, '大渡河'),
  provincial('gongzui', '龚嘴水电站', 'DADUHE', 770, '大渡河'),
  provincial('zhentouba1', '枕头坝一级水电站', 'DADUHE', 720, '大渡河'),
  provincial('tongjiezi', '铜街子水电站', 'DADUHE', 700, '大渡河'),
  provincial('shenxigou', '深溪沟水电站', 'DADUHE', 660, '大渡河'),
  provincial('shaping2', '沙坪二级水电站', 'DADUHE', 348, '大渡河'),
  provincial('changheba', '长河坝水电站', 'DATANG', 2600, '大渡河'),
  provincial('huangjinping', '黄金坪水电站', 'DATANG', 850, '大渡河'),
  provincial('tingzikou', '亭子口水电站', 'DATANG', 1100, '嘉陵江'),
  provincial('luding', '泸定水电站', 'HUADIAN', 920, '大渡河'),
  provincial('baozhusi', '宝珠寺水电站', 'HUADIAN', 700, '白龙江'),
  provincial('angu', '安谷水电站', 'DIANJIAN', 772, '大渡河'),
  provincial('shawan', '沙湾水电站', 'DIANJIAN', 480, '大渡河'),
  provincial('maoergai', '毛尔盖水电站', 'DIANJIAN', 426, '黑水河'),
  provincial('longtoushi', '龙头石水电站', 'LONGTOUSHI', 700, '大渡河'),
  provincial('zipingpu', '紫坪铺水电站', 'CHUANTOU', 760, '岷江'),
  provincial('renzonghai', '仁宗海水电站', 'CHUANTOU', 240, '田湾河'),
  provincial('futang', '福堂水电站', 'FUTANG', 360, '岷江', 'run-of-river'),
  provincial('taipingyi', '太平驿水电站', 'HUANENG', 280, '岷江', 'run-of-river'),
  provincial('xiaotiandu', '小天都水电站', 'HUANENG', 240, '瓦斯河'),
  provincial('qianwei', '犍为水电站', 'GANGHANG', 500, '岷江', 'run-of-river'),
  provincial('jintang', '金堂发电厂', 'GUONENG', 1200, '成都金堂', 'coal'),
  provincial('tianming', '天明发电厂', 'GUONENG', 2000, '江油', 'coal'),
  provincial('baima', '白马发电厂', 'GUONENG', 900, '内江', 'coal'),
  provincial('dazhou', '达州发电厂', 'GUONENG', 600, '达州', 'coal'),
  provincial('gongxian', '珙县发电厂', 'HUADIAN', 1200, '宜宾珙县', 'coal'),
  provincial('guangan', '广安发电厂', 'HUADIAN', 2400, '广安', 'coal'),
  provincial('fuxi', '福溪发电厂', 'FUXI', 1200, '宜宾', 'coal'),
  provincial('chuannan', '泸州川南发电厂', 'CHUANNAN', 1200, '泸州', 'coal'),
]

/** Plants dispatched from above: a boundary of the provincial market, not bidders. */
export const boundaryPlants: readonly Plant[] = [
  above('xiluodu', '溪洛渡水电站', 'SANXIA', 13_860, '金沙江', 'national'),
  above('xiangjiaba', '向家坝水电站', 'SANXIA', 6400, '金沙江', 'national'),
  above('baihetan', '白鹤滩水电站', 'SANXIA', 16_000, '金沙江', 'national'),
  above('wudongde', '乌东德水电站', 'SANXIA', 10_200, '金沙江', 'national'),
  above('jinping1', '锦屏一级水电站', 'YALONGJIANG', 3600, '雅砻江', 'national'),
  above('jinping2', '锦屏二级水电站', 'YALONGJIANG', 4800, '雅砻江', 'national'),
  above('guandi', '官地水电站', 'YALONGJIANG', 2400, '雅砻江', 'national'),
  above('ertan', '二滩水电站', 'YALONGJIANG', 3300, '雅砻江', 'regional'),
  above('lianghekou', '两河口水电站', 'YALONGJIANG', 3000, '雅砻江', 'regional'),
  above('yangfanggou', '杨房沟水电站', 'YALONGJIANG', 1500, '雅砻江', 'regional'),
]

export const plants: readonly Plant[] = [...biddingPlants, ...boundaryPlants]
