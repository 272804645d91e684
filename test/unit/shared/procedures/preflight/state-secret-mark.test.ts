import { expect, test } from 'vitest';
import { findMarkInName, findMarkInText } from '../../../../../shared/procedures/preflight/state-secret-mark.ts';

test.each([
  ['机密★', '机密'],
  ['绝密★30年', '绝密'],
  ['秘密★长期', '秘密'],
  ['机 密 ★ 20 年', '机密'],
  ['机密＊10年', '机密'],
  ['案卷第三页标有“秘密☆”字样', '秘密'],
  ['密级：机密', '机密'],
  ['保密等级为绝密', '绝密'],
  ['第一行\n（秘密）\n第三行', '秘密'],
  ['军事机密★', '机密'],
])('a text is marked: %s', (text, mark) => {
  expect(findMarkInText(text)).toBe(mark);
});

test.each([
  '泄露国家秘密罪',
  '非法获取国家秘密',
  '侵犯商业秘密',
  '被害单位的商业秘密★核心配方',
  '双方签有保密协议',
  '以秘密窃取的方式',
  '秘密级别以下的材料现场查阅',
  '涉及国家机密的部分依法不予公开',
  '本案不涉密',
  '',
])('a text only speaks of secrets: %s', (text) => {
  expect(findMarkInText(text)).toBeNull();
});

test.each([
  ['绝密★卷宗.pdf', '绝密'],
  ['机密.pdf', '机密'],
  ['（机密）讯问笔录.pdf', '机密'],
  ['讯问笔录【秘密】.docx', '秘密'],
  ['机密_讯问笔录.pdf', '机密'],
  ['讯问笔录-绝密.pdf', '绝密'],
  ['绝密件 第一卷.pdf', '绝密'],
  ['机密级卷宗.pdf', '机密'],
  ['秘密文件.pdf', '秘密'],
  ['军事机密材料.pdf', '机密'],
])('a name is marked: %s', (name, mark) => {
  expect(findMarkInName(name)).toBe(mark);
});

test.each([
  '商业秘密鉴定意见.pdf',
  '商业机密文件.pdf',
  '保密协议.pdf',
  '保密承诺书.pdf',
  '泄露国家秘密罪起诉书.pdf',
  '国家秘密鉴定材料.pdf',
  '秘密窃取经过.pdf',
  '工作秘密材料.pdf',
  '解密通知.pdf',
])('a name only speaks of secrets: %s', (name) => {
  expect(findMarkInName(name)).toBeNull();
});

test('a long text of nothing but spaces, lines and half marks is read once', { timeout: 5_000 }, () => {
  for (const piece of ['\n', ' ', '机 ', '机密 ', '密级 ', '( ']) {
    expect(findMarkInText(`甲${piece.repeat(200_000)}乙`)).toBeNull();
  }
});
