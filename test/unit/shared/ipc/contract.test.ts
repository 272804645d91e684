import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CHANNELS, PRELOAD_CHANNELS } from '../../../../shared/ipc/contract.ts';
import { EVENTS } from '../../../../shared/ipc/events.ts';

const channels = Object.entries({ ...CHANNELS, ...PRELOAD_CHANNELS });

describe('the contract', () => {
  test.each(channels)('%s has a name, an access and two closed schemas', (name, { access, request, response }) => {
    expect(name).toMatch(/^[a-z]+:[a-z]+(-[a-z]+)*$/);
    expect(['always', 'closed', 'open']).toContain(access);
    expect(request).toBeInstanceOf(z.ZodObject);
    expect(request.safeParse({ unheardOf: 1 }).success).toBe(false);
    expect(response).toBeInstanceOf(z.ZodType);
  });

  test.each(Object.entries(EVENTS))('%s has a schema that takes no other shape', (name, payload) => {
    expect(name).toMatch(/^[a-z]+:[a-z]+(-[a-z]+)*$/);
    expect(payload.safeParse({ unheardOf: 1 }).success).toBe(false);
  });

  test('lets a locked window reach nothing of the office', () => {
    const shut = channels.filter(([, { access }]) => access !== 'open').map(([name]) => name.split(':')[0]);
    expect(new Set(shut)).toEqual(new Set(['app', 'file', 'vault']));
  });

  test('takes no path from the window: files come as tokens', () => {
    const members = Object.entries(CHANNELS).flatMap(([name, { request }]) =>
      membersOf(request).map((member) => `${name} ${member}`),
    );
    expect(members.filter((member) => / (.*\.)?(path|filename|directory)$/i.test(member))).toEqual([]);
  });
});

function membersOf(schema: z.ZodType): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
