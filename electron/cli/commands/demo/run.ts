import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { procedureText } from '../../../../shared/procedures/procedure-text.ts';
import { clockLines } from '../../clock-lines.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import type { PlayedStory } from '../../demo/play-story.ts';
import { type DemoResult, runDemo } from '../../demo/run-demo.ts';
import { EXIT } from '../../exit-codes.ts';

export interface DemoFlags {
  readonly dir?: string;
}

/** Plays the demonstration and tells in plain words what happened and where the files are. */
export async function demo({ dir }: DemoFlags, context: CommandContext): Promise<CommandReport> {
  const { t, now, signal } = context;
  const started = now().getTime();
  const folder = dir === undefined ? await mkdtemp(join(tmpdir(), 'lexpost-demo-')) : resolve(dir);
  const rows: string[] = [];
  const result = await runDemo({ dir: folder, now, signal, step: (step) => context.note(t(`cli.demo.step.${step}`)) });
  const seconds = Math.round((now().getTime() - started) / 100) / 10;
  const { messages, passed, acts, delivered, receipts, auditRows } = result.verified;
  const good = passed === messages && delivered === acts;
  for (const story of result.stories) rows.push('', ...storyLines(story, result, context));
  return {
    exit: good ? EXIT.good : EXIT.bad,
    json: {
      dir: folder,
      seconds,
      ...result.verified,
      sample: result.sample,
      papers: result.papers,
      matters: result.stories.map(toJson),
    },
    text: [
      t(good ? 'cli.demo.good' : 'cli.demo.bad', { seconds }),
      ...rows,
      '',
      t('cli.demo.verified', { messages, passed, acts, delivered, receipts, auditRows }),
      t('cli.demo.files', { dir: folder }),
      t('cli.demo.printed', { count: result.papers.length, dir: join(folder, 'papers') }),
      '',
      ...byHand(result, context),
    ],
  };
}

function storyLines({ story, acts }: PlayedStory, { colours }: DemoResult, { t, language }: CommandContext): string[] {
  const lines = acts.map(({ act, m, id, state }, index) => {
    const colour = colours.get(m) ?? 'grey';
    const who = t(`cli.demo.office.${act.by}`) + (act.device === 1 ? t('cli.demo.secondDevice') : '');
    const what = procedureText(t, story.name, 'acts', id);
    const papers = act.papers.length === 0 ? '' : t('cli.demo.papers', { count: act.papers.length });
    const after = procedureText(t, story.name, 'states', state);
    return `${String(index + 1).padStart(2)}  ${who}  ${what}${papers}  → ${after}  ${t(`cli.demo.colour.${colour}`)}`;
  });
  const clocks = (acts.at(-1)?.clocks ?? []).flatMap((clock) => clockLines(clock, story.name, { t, language }, null));
  return [t(`cli.demo.${story.key}.title`), ...lines, ...clocks.map((line) => `    ${line}`)];
}

function toJson({ story, matter, acts }: PlayedStory): object {
  return {
    matter,
    type: story.type,
    acts: acts.map(({ act, m, id, state, device, papers }) => ({
      m,
      act: act.act,
      id,
      by: device.name,
      state,
      papers,
    })),
    clocks: acts.at(-1)?.clocks ?? [],
  };
}

/** What anybody can do without LexPost. */
function byHand({ sample, dir }: DemoResult, { t }: CommandContext): string[] {
  const out = join(dir, 'by-hand');
  return [
    t('cli.demo.byHand'),
    `  mkdir -p ${out} && cd ${out}`,
    `  openssl cms -decrypt -binary -inform DER -in ${sample.package} -recip ${sample.certificate} -inkey ${sample.key} -out x.asice`,
    '  unzip -q -o x.asice',
    `  openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -CAfile ${sample.ca} -out /dev/null`,
    '  for f in message.json documents/*; do openssl dgst -sha256 -binary "$f" | base64; done; cat META-INF/ASiCManifest001.xml',
  ];
}
