import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { FIRM, PROCURATORATE } from '../fixtures/fake-bridge/cast.ts';
import { closeAll, introduce, type OfficeWindow, openOffice, pictureFailure } from './office-window.ts';
import { specFolder } from './spec-folder.ts';

type Open = () => Promise<OfficeWindow>;
type Opened = (one: OfficeWindow, other: OfficeWindow, folder: string) => void | Promise<void>;

/**
 * The two offices of a spec: both open before its first test, and every app ends after its last, also where one of them did not come as far as its window.
 *
 * @returns the folder of the spec, in which their share lies
 */
export function keepPair(open: readonly [Open, Open], opened: Opened): string {
  // Their end comes before that of the folder, hooks run in their order
  test.afterAll(closeAll);
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the first argument's names
  test.afterEach(({}, testInfo) => pictureFailure(testInfo));
  const folder = specFolder();
  test.beforeAll(async () => {
    mkdirSync(join(folder, 'share'));
    const [first, second] = [open[0](), open[1]()];
    // Where one fails, the other is not left starting behind the end of the spec
    await Promise.allSettled([first, second]);
    await opened(await first, await second, folder);
  });
  return folder;
}

/** A law firm and a procuratorate that have each other's card. */
export function keepReviewPair(opened: (firm: OfficeWindow, office: OfficeWindow) => void | Promise<void>): string {
  return keepPair(
    [() => openOffice(FIRM, '张三'), () => openOffice(PROCURATORATE, '案管示例')],
    async (firm, office, folder) => {
      await introduce(firm, office, folder);
      await opened(firm, office);
    },
  );
}
