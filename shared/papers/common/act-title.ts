/** What an act is called on a paper about it. */
const ACTS: Readonly<Record<string, string>> = {
  request: '请求',
  notice: '通知',
  submit: '申请（请求）书',
  receipt: '回执',
  'supplement-request': '补正告知',
  supplement: '补正材料',
  decision: '决定',
  deliver: '办理结果',
  withdraw: '撤回申请',
  close: '结案通知',
};

export function actTitle(act: string): string {
  return ACTS[act] ?? act;
}
