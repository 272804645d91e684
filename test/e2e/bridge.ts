import type { Page } from '@playwright/test';
import type { ChannelName, LexpostBridge, RequestOf, ResponseOf } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import { FIRM } from '../fixtures/fake-bridge/cast.ts';

declare global {
  interface Window {
    readonly lexpost: LexpostBridge<File>;
  }
}

/** Whatever a page that was taken over might send. */
export function invokeAnything(page: Page, name: string, request: unknown): Promise<Result<unknown>> {
  return page.evaluate(
    ([channel, asked]) => window.lexpost.invoke(channel as 'app:info', asked as Record<string, never>),
    [name, request] as const,
  );
}

/** Every request to every channel named, in one go. @returns the codes, by channel; `ok` where main answered */
export function invokeAll(
  page: Page,
  names: readonly string[],
  requests: readonly unknown[],
): Promise<Record<string, string[]>> {
  return page.evaluate(
    async ([channels, asked]) => {
      const codes: Record<string, string[]> = {};
      for (const channel of channels) {
        const answers = await Promise.all(
          asked.map((request) => window.lexpost.invoke(channel as 'app:info', request as Record<string, never>)),
        );
        codes[channel] = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
      }
      return codes;
    },
    [names, requests] as const,
  );
}

/** Asks main as the page would. What `evaluate` cannot carry, bytes above all, is made in the page instead. */
export function invoke<Name extends ChannelName>(
  page: Page,
  name: Name,
  request: RequestOf<Name>,
): Promise<Result<ResponseOf<Name>>> {
  return invokeAnything(page, name, request) as Promise<Result<ResponseOf<Name>>>;
}

/** An office of its own in the app: made through the contract, for what is not about the first run. */
export function createVault(page: Page): Promise<Result<ResponseOf<'vault:create'>>> {
  return page.evaluate(
    (office) =>
      window.lexpost.invoke('vault:create', {
        passphrase: new TextEncoder().encode('correct horse battery staple lantern'),
        office,
      }),
    FIRM,
  );
}
