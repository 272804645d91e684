/** Province-level divisions by the first two digits of 行政区划代码 (GB/T 2260). */
const PROVINCES: ReadonlyMap<string, string> = new Map(
  [
    '11北京市 12天津市 13河北省 14山西省 15内蒙古自治区 21辽宁省 22吉林省 23黑龙江省 31上海市 32江苏省 33浙江省 34安徽省 35福建省 36江西省 37山东省',
    '41河南省 42湖北省 43湖南省 44广东省 45广西壮族自治区 46海南省 50重庆市 51四川省 52贵州省 53云南省 54西藏自治区 61陕西省 62甘肃省 63青海省',
    '64宁夏回族自治区 65新疆维吾尔自治区 71台湾省 81香港特别行政区 82澳门特别行政区',
  ].flatMap((line) => line.split(' ').map((entry) => [entry.slice(0, 2), entry.slice(2)] as const)),
);

/** The province of a six-digit region code, or null. */
export function findProvince(region: string): string | null {
  return PROVINCES.get(region.slice(0, 2)) ?? null;
}
