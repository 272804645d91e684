import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { CHANNELS, type ChannelName, PRELOAD_CHANNELS } from '../../shared/ipc/contract.ts';
import type { RunningApp } from '../host/launch.ts';
import { test } from './app-test.ts';
import { createVault, invoke, invokeAll, invokeAnything } from './bridge.ts';
import { specFolder } from './spec-folder.ts';

/** What a person sees after whatever was tried: the same screen, and it still works. */
async function expectUntouched(app: RunningApp): Promise<void> {
  await expect(app.page.getByRole('heading', { name: '开始使用律函' })).toBeVisible();
  expect(new URL(app.page.url()).pathname).toBe('/index.html');
  expect(await app.countWindows()).toBe(1);
  expect((await invoke(app.page, 'app:info', {})).ok).toBe(true);
  await expectNoNetwork(app);
}

/** Requests that main let pass, and that only the host stopped. */
async function expectNoNetwork(app: RunningApp): Promise<void> {
  expect((await app.recorded()).filter(({ api }) => api === 'network')).toEqual([]);
}

function violations(page: Page, task: () => void): Promise<string[]> {
  return page.evaluate(async (source) => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    new Function(`(${source})()`)();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return seen;
  }, String(task));
}

test.describe('a page that was taken over', () => {
  test.use({ breaksPolicy: true });
  for (const target of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'app://other/index.html',
    'data:text/html,x',
    'lexpost://import?file=/etc/passwd',
  ]) {
    test(`cannot leave for ${target}`, async ({ app }) => {
      await app.page.evaluate((url) => location.assign(url), target).catch(() => {});
      await app.page.waitForTimeout(300);
      await expectUntouched(app);
    });
  }

  test('opens no window, by script, link or form', async ({ app }) => {
    await app.page.evaluate(() => window.open('https://example.com/') && null);
    await app.page.evaluate(() => window.open('app://bundle/index.html') && null);
    await app.page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/', target: '_blank' });
      document.body.append(link);
      link.click();
    });
    await app.page.evaluate(() => {
      const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', target: '_blank' });
      document.body.append(form);
      form.submit();
    });
    await app.page.waitForTimeout(500);
    await expectUntouched(app);
  });

  test('runs no script but its own', async ({ app }) => {
    const seen = await violations(app.page, () => {
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.ran = "inline"';
      const remote = Object.assign(document.createElement('script'), { src: 'https://example.com/x.js' });
      const data = Object.assign(document.createElement('script'), { src: 'data:text/javascript,globalThis.ran=1' });
      document.body.append(inline, remote, data);
      const image = document.createElement('div');
      image.innerHTML = '<img src="app://bundle/none.png" onerror="globalThis.ran = 1">';
      document.body.append(image);
    });
    expect(seen.filter((directive) => directive === 'script-src-elem')).toHaveLength(3);
    expect(seen).toContain('script-src-attr');
    expect(await app.page.evaluate(() => 'ran' in globalThis)).toBe(false);
    await expectUntouched(app);
  });

  test('evaluates no text', async ({ app }) => {
    // Later, so that it does not run under the debugger, which no policy binds
    const failed = await app.page.evaluate(async () => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.blockedURI));
      setTimeout('globalThis.ran = 1', 0);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { ran: 'ran' in globalThis, seen };
    });
    expect(failed).toEqual({ ran: false, seen: ['eval'] });
    await expectUntouched(app);
  });

  test('reaches no network and no file', async ({ app }) => {
    const reached = await app.page.evaluate(async () => {
      const tries = ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'ws://127.0.0.1:9/'];
      const fetched = await Promise.all(
        tries.map((url) =>
          fetch(url).then(
            () => url,
            () => null,
          ),
        ),
      );
      const load = (url: string) =>
        new Promise<string | null>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(url);
          image.onerror = () => resolve(null);
          image.src = url;
        });
      const loaded = await Promise.all(
        ['https://example.com/x.png', 'file:///usr/share/pixmaps/debian-logo.png'].map(load),
      );
      const beacon = navigator.sendBeacon('https://example.com/', 'x');
      let socket: string | null = 'opened';
      try {
        await new Promise((resolve, reject) => {
          const opened = new WebSocket('wss://example.com/');
          opened.onopen = resolve;
          opened.onerror = reject;
        });
      } catch {
        socket = null;
      }
      return { fetched, loaded, beacon, socket };
    });
    expect(reached).toMatchObject({ fetched: [null, null, null, null], loaded: [null, null], socket: null });
    await expectUntouched(app);
  });

  test('gets no permission', async ({ app }) => {
    const states = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
      const query = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
      const asked = await Promise.all(names.map((name) => query(name).catch(() => 'denied')));
      const media = await navigator.mediaDevices?.getUserMedia({ audio: true, video: true }).then(
        () => 'granted',
        () => 'denied',
      );
      const place = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      );
      const clipboard = await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      );
      return [...asked, media ?? 'denied', place, clipboard, await Notification.requestPermission()];
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    await expectUntouched(app);
  });

  test('gets nothing of its own scheme but the built window', async ({ app }) => {
    const paths = [
      'app://bundle/../main.mjs',
      'app://bundle/%2e%2e/main.mjs',
      'app://bundle/%2e%2e%2fmain.mjs',
      'app://bundle/..%5cmain.mjs',
      'app://bundle/assets/../../package.json',
      'app://bundle/assets/..%2f..%2fpackage.json',
      'app://bundle//etc/passwd',
      'app://bundle/index.html%00.png',
      'app://bundle/',
      'app://bundle.example/index.html',
      'app://user@bundle/index.html',
      'app://paper/0123',
    ];
    const answers = await app.page.evaluate(
      (all) =>
        Promise.all(
          all.map((url) =>
            fetch(url).then(
              (r) => (r.ok ? url : null),
              () => null,
            ),
          ),
        ),
      paths,
    );
    expect(answers).toEqual(paths.map(() => null));
    const own = await app.page.evaluate(() =>
      fetch('app://bundle/index.html').then((r) => [r.ok, r.headers.get('x-content-type-options')]),
    );
    expect(own).toEqual([true, 'nosniff']);
    await expectUntouched(app);
  });

  test('finds nothing of Node, Electron or other channels', async ({ app }) => {
    const found = await app.page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
      bridge: Object.keys(window.lexpost).sort(),
      frozen: Object.isFrozen(window.lexpost),
      webview: document.createElement('webview').constructor.name,
    }));
    expect(found).toEqual({
      globals: [],
      bridge: ['invoke', 'on', 'registerDropped'],
      frozen: true,
      webview: 'HTMLUnknownElement',
    });
    for (const name of ['file:register-dropped', 'vault:unlock-all', '__proto__', 'ELECTRON_BROWSER_SANDBOX_LOAD']) {
      expect(await invokeAnything(app.page, name, {})).toEqual({ ok: false, error: { code: 'INTERNAL', params: {} } });
    }
    await expectUntouched(app);
  });

  test('gets no frame, and a frame of it gets no bridge', async ({ app }) => {
    const frames = await app.page.evaluate(async () => {
      const sources = ['https://example.com/', 'app://bundle/index.html', 'data:text/html,x', 'blob:nothing'];
      for (const src of sources) document.body.append(Object.assign(document.createElement('iframe'), { src }));
      document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<p>x' }));
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [...document.querySelectorAll('iframe')].map((frame) => {
        try {
          return (frame.contentWindow as unknown as object) !== null && 'lexpost' in (frame.contentWindow as object);
        } catch {
          return false;
        }
      });
    });
    expect(frames).toEqual([false, false, false, false, false]);
    await expectUntouched(app);
  });
});

test('a drop of a page or a picture on the window does not show it', async ({ app }) => {
  const file = join(app.userData, 'evil.html');
  writeFileSync(file, '<title>evil</title><script>globalThis.ran = 1</script>');
  const session = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 20, y: 20, data });
  }
  await app.page.waitForTimeout(500);
  await expectUntouched(app);
});

test.describe('a page that is dropped to be verified', () => {
  const file = join(specFolder(), 'evil.html');
  test.beforeAll(() => writeFileSync(file, '<title>evil</title><h1>evil</h1><script>globalThis.ran = 1</script>'));
  test.use({ launch: { droppedFiles: { 'evil.html': file } } });

  test('is judged as a file, and never shown', async ({ app }) => {
    const { page } = app;
    expect(await createVault(page)).toMatchObject({ ok: true });
    await page.reload();
    await page.getByRole('link', { name: '核验' }).click();
    await page.getByText('拖入要核验的文件').waitFor();
    const area = await page.locator('.verify-drop').boundingBox();
    const session = await page.context().newCDPSession(page);
    const at = { x: (area?.x ?? 0) + 20, y: (area?.y ?? 0) + 20 };
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, ...at, data });
    }
    await expect(page.getByRole('heading', { name: '核验报告' })).toBeVisible();
    await expect(page.getByText('evil.html').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: 'evil', exact: true })).toHaveCount(0);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
    expect(new URL(page.url()).pathname).toBe('/index.html');
    await expectNoNetwork(app);
  });
});

test.describe('the door', () => {
  const MALFORMED: readonly unknown[] = [
    null,
    'text',
    7,
    [],
    { surplus: true },
    { __proto__: null, token: '../../etc/passwd', m: "' OR 1=1", passphrase: 'as text' },
    JSON.parse('['.repeat(60) + ']'.repeat(60)),
  ];

  test('refuses what does not fit, on every channel of the contract', async ({ app }) => {
    const names = Object.keys(CHANNELS) as ChannelName[];
    const ofAccess = (...access: string[]) => names.filter((name) => access.includes(CHANNELS[name].access));
    const refused = (channels: readonly string[], code: string, count: number) =>
      Object.fromEntries(channels.map((name) => [name, Array.from({ length: count }, () => code)]));

    const early = ofAccess('always', 'closed');
    expect(await invokeAll(app.page, early, MALFORMED)).toEqual(refused(early, 'REQUEST_MALFORMED', MALFORMED.length));
    const late = ofAccess('open');
    expect(await invokeAll(app.page, late, [{}])).toEqual(refused(late, 'VAULT_LOCKED', 1));
    expect(await createVault(app.page)).toMatchObject({ ok: true });
    expect(await invokeAll(app.page, late, MALFORMED)).toEqual(refused(late, 'REQUEST_MALFORMED', MALFORMED.length));
  });

  test('refuses it on what the preload alone may ask, too', async ({ app }) => {
    const names = Object.keys(PRELOAD_CHANNELS);
    const codes = await app.evaluate(
      async ({ BrowserWindow, ipcMain }, { channels, requests }) => {
        type Handler = (event: object, request: unknown) => Promise<{ ok: boolean; error?: { code: string } }>;
        const main = ipcMain as unknown as { handlers?: Map<string, Handler>; _invokeHandlers?: Map<string, Handler> };
        const sender = BrowserWindow.getAllWindows()[0]?.webContents;
        const event = { sender, senderFrame: { origin: 'app://bundle', parent: null } };
        const handlers = channels.map((name) => (main.handlers ?? main._invokeHandlers)?.get(name));
        const answers = await Promise.all(handlers.flatMap((handler) => requests.map((one) => handler?.(event, one))));
        return answers.map((answer) => (answer?.ok === false ? answer.error?.code : 'answered'));
      },
      { channels: names, requests: [...MALFORMED, { paths: [''] }, { paths: [7] }, { paths: 'x', more: 1 }] },
    );
    expect(codes).toEqual(names.flatMap(() => Array.from({ length: MALFORMED.length + 3 }, () => 'REQUEST_MALFORMED')));
  });

  test('answers the top frame of the window alone', async ({ app }) => {
    const answers = await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
      type Handler = (event: object, request: object) => Promise<unknown>;
      const main = ipcMain as unknown as { handlers?: Map<string, Handler>; _invokeHandlers?: Map<string, Handler> };
      const handler = (main.handlers ?? main._invokeHandlers)?.get('app:info');
      const sender = BrowserWindow.getAllWindows()[0]?.webContents;
      const own = { origin: 'app://bundle', parent: null };
      const events = [
        { sender, senderFrame: own },
        { sender, senderFrame: { ...own, parent: own } },
        { sender, senderFrame: { ...own, origin: 'https://example.com' } },
        { sender, senderFrame: { ...own, origin: 'null' } },
        { sender, senderFrame: { ...own, origin: 'app://paper' } },
        { sender, senderFrame: null },
        { sender: {}, senderFrame: own },
      ];
      return Promise.all(
        events.map(async (event) => (await handler?.(event, {})) as { ok: boolean; error?: { code: string } }),
      );
    }, null);
    expect(answers.map(({ ok, error }) => (ok ? 'answered' : error?.code))).toEqual([
      'answered',
      ...Array.from({ length: 6 }, () => 'REQUEST_REFUSED'),
    ]);
  });
});

test.describe('an act that changes whom the office trusts or reaches', () => {
  const ACTS = [
    ['trust:set-network', { hosts: ['evil.example'], addresses: [], tsas: [], proxy: null }, 'evil.example'],
    ['settings:change', { revocation: 'off' }, '不查询'],
    ['update:set-address', { address: 'https://evil.example/' }, 'https://evil.example/'],
    [
      'route:save',
      {
        id: 'dav',
        route: { kind: 'webdav', config: { url: 'https://evil.example/', user: 'u', password: 'p' } },
        offices: [],
      },
      'https://evil.example',
    ],
  ] as const;

  test('is asked by main with what becomes true, leads back by Enter, and is done by its own button alone', async ({
    app,
  }) => {
    expect(await createVault(app.page)).toMatchObject({ ok: true });
    const state = async () => [
      await invoke(app.page, 'trust:network', {}),
      await invoke(app.page, 'settings:show', {}),
      await invoke(app.page, 'settings:addresses', {}),
    ];
    const before = await state();
    for (const [name, request, shown] of ACTS) {
      await app.queueAnswer('showMessageBox', { response: 0 });
      const refused = await invokeAnything(app.page, name, request);
      expect(refused, name).toEqual({ ok: false, error: { code: 'NOT_CONFIRMED', params: {} } });
      const asked = (await app.recorded()).filter(({ api }) => api === 'dialog.showMessageBox').at(-1);
      if (asked === undefined) continue;
      expect(asked.args[0], name).toMatchObject({ defaultId: 0, cancelId: 0, detail: expect.stringContaining(shown) });
    }
    expect(await state()).toEqual(before);
    for (const [name, request] of ACTS) {
      await app.queueAnswer('showMessageBox', { response: 1 });
      expect(await invokeAnything(app.page, name, request), name).toMatchObject({ ok: true });
    }
    expect(JSON.stringify(await state())).toContain('evil.example');
  });
});
