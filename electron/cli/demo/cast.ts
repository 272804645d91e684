import type { OfficeType } from '../../../shared/model/office-card.ts';

/** Who plays in the demonstration. The codes have right check characters and belong to nobody: they are not in use. */
export interface DemoOffice {
  readonly key: OfficeKey;
  readonly name: string;
  readonly type: OfficeType;
  readonly uscc: string;
  readonly region: string;
  /** Who signs. */
  readonly person: string;
  readonly devices: 1 | 2;
}

export type OfficeKey =
  | 'firm'
  | 'procuratorate'
  | 'pickUp'
  | 'aidJiangsu'
  | 'aidZhejiang'
  | 'notaryJiangsu'
  | 'notaryZhejiang';

export const CAST: readonly DemoOffice[] = [
  {
    key: 'firm',
    name: '安徽示例律师事务所',
    type: 'law-firm',
    uscc: '31340000MD0000001T',
    region: '340100',
    person: '示例律师',
    devices: 2,
  },
  {
    key: 'procuratorate',
    name: '上海示例人民检察院',
    type: 'procuratorate',
    uscc: '11310000MB0000002F',
    region: '310000',
    person: '案管示例',
    devices: 1,
  },
  {
    key: 'pickUp',
    name: '安徽示例人民检察院',
    type: 'procuratorate',
    uscc: '11340000MB0000007B',
    region: '340100',
    person: '接收示例',
    devices: 1,
  },
  {
    key: 'aidJiangsu',
    name: '江苏示例法律援助中心',
    type: 'legal-aid-centre',
    uscc: '12320000MB0000003K',
    region: '320100',
    person: '援助示例甲',
    devices: 1,
  },
  {
    key: 'aidZhejiang',
    name: '浙江示例法律援助中心',
    type: 'legal-aid-centre',
    uscc: '12330000MB0000004T',
    region: '330100',
    person: '援助示例乙',
    devices: 1,
  },
  {
    key: 'notaryJiangsu',
    name: '江苏示例公证处',
    type: 'notary-office',
    uscc: '12320000MB0000005R',
    region: '320500',
    person: '公证示例甲',
    devices: 1,
  },
  {
    key: 'notaryZhejiang',
    name: '浙江示例公证处',
    type: 'notary-office',
    uscc: '12330000MB00000061',
    region: '330200',
    person: '公证示例乙',
    devices: 1,
  },
];
