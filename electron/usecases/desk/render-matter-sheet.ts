import { createI18n, type Language, type Translate } from '../../../shared/i18n/create-i18n.ts';
import type { MatterView, TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { Bytes, MatterId } from '../../../shared/model/brand.ts';
import { listProcedures } from '../../../shared/procedures/find-procedure.ts';
import { type LabelSection, procedureText, procedureTitle } from '../../../shared/procedures/procedure-text.ts';
import { renderSheet, type SheetTable } from '../../../shared/report/render-sheet.ts';
import { formatExact, REPORT_ZONE } from '../../../shared/text/format-exact.ts';
import { formatSize } from '../../../shared/text/format-size.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import type { Page } from '../recovery-sheet.ts';
import { viewMatter } from './view-matter.ts';

interface Words {
  readonly t: Translate;
  readonly exact: (at: string) => string;
  /** What the matter's procedure calls one of its parts. */
  readonly label: (section: LabelSection, id: string) => string;
}

/** A matter for the file: where it stands, its deadlines, everything that came and went with its receipts, every document by digest. @throws AppError MATTER_UNKNOWN */
export function renderMatterSheet(context: OfficeContext, id: MatterId, language: Language): Page {
  const { t } = createI18n(language);
  const matter = viewMatter(context, id);
  const { office } = getOwnVault(context.vault.read);
  const kinds = listProcedures(matter.type);
  const name = (kinds.find(({ subtype }) => subtype === matter.subtype) ?? kinds[0])?.name ?? matter.type;
  const exact = (at: string): string => formatExact(at, language, REPORT_ZONE.name);
  const words: Words = { t, exact, label: (section, part) => procedureText(t, name, section, part) };
  const messages = matter.timeline.filter((entry) => entry.kind === 'message');
  const html = renderSheet(
    {
      title: matter.title,
      beside: `${office.name} ${office.id}`,
      facts: [
        { label: t('desk.csv.type'), value: procedureTitle(t, name) },
        { label: t('desk.csv.id'), value: matter.id },
        { label: t('desk.csv.state'), value: words.label('states', matter.state) },
        ...matter.participants.map((one) => ({
          label: words.label('roles', one.role),
          value: `${one.name} ${one.id}`,
        })),
        { label: t('desk.csv.openedAt'), value: exact(matter.openedAt) },
        { label: t('desk.sheet.madeAt'), value: `${exact(context.now().toISOString())} ${REPORT_ZONE.label}` },
      ],
      tables: [deadlines(matter, words), letters(messages, words), documents(messages, words)],
      limits: [
        ...(matter.gap === null ? [] : [t('desk.sheet.gap')]),
        t('desk.sheet.matterLimits'),
        t('desk.sheet.zone', { zone: REPORT_ZONE.label }),
      ],
    },
    { t, language },
  );
  return { title: matter.title, html };
}

function deadlines({ clocks }: MatterView, { t, label }: Words): SheetTable {
  return {
    title: t('desk.sheet.deadlines'),
    head: [t('desk.sheet.what'), t('desk.csv.due'), t('desk.csv.state'), t('desk.sheet.rule')],
    rows: clocks.map(({ id, due, state, status, article }) => [
      [label('clocks', id)],
      due === null ? [] : [due.replace('T', ' ')],
      [t(`cli.clock.matter.state.${state}`)],
      status === 'agreed'
        ? [t('cli.clock.matter.agreed')]
        : [article, ...(status === 'unverified' ? [t('cli.clock.unverified')] : [])],
    ]),
  };
}

/** In the order of the timeline, the oldest first. */
function letters(messages: readonly TimelineMessage[], { t, exact, label }: Words): SheetTable {
  return {
    title: t('desk.sheet.letters'),
    head: [
      t('desk.csv.seq'),
      t('desk.csv.at'),
      t('desk.sheet.from'),
      t('desk.sheet.what'),
      t('desk.sheet.delivery'),
      'M',
    ],
    rows: messages.map((message) => [
      message.pos === null ? [] : [String(message.pos)],
      [exact(message.own ? message.createdAt : message.storedAt)],
      [message.sender.name, ...(message.person === null ? [] : [message.person])],
      [
        message.actId === null
          ? t(message.act === null ? 'window.matter.enclosure' : 'window.matter.uncounted')
          : label('acts', message.actId),
        ...(message.voidCode === null ? [] : [t('window.matter.void', { reason: t(`errors.${message.voidCode}`) })]),
        ...(message.own || message.code === null ? [] : [t(`errors.${message.code}`)]),
      ],
      message.delivery.flatMap(({ office, status, at }) => [
        `${office.name} ${t(`window.track.${status}`)}`,
        ...(at === null ? [] : [exact(at)]),
      ]),
      [message.m],
    ]),
  };
}

function documents(messages: readonly TimelineMessage[], { t, exact, label }: Words): SheetTable {
  return {
    title: t('desk.sheet.documents'),
    head: [t('report.column.name'), t('report.column.size'), t('desk.csv.at'), t('report.column.digest')],
    rows: messages.flatMap((message) =>
      message.documents.map(({ name, kind, size, sha256 }) => [
        [name, label('kinds', kind)],
        [formatSize(size as Bytes)],
        [exact(message.own ? message.createdAt : message.storedAt)],
        [sha256],
      ]),
    ),
  };
}
