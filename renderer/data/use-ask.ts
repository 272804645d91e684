import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts';
import type { ChannelName, RequestOf, ResponseOf } from '../../shared/ipc/contract.ts';
import { ask, Refusal } from '../bridge.ts';
import { createPendingRequests } from './pending-requests.ts';

export interface Failure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export function failureOf(error: unknown): Failure | null {
  if (error === null || error === undefined) return null;
  return error instanceof Refusal ? { code: error.code, params: error.params } : { code: 'INTERNAL', params: {} };
}

/** An answer of main: on its way, here, or refused. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly failure: Failure | null;
  readonly waiting: boolean;
  readonly again: () => void;
}

interface AskOptions {
  /** Asks only while true. */
  readonly enabled?: boolean;
  /** Shows the last answer until the next one is here. */
  readonly keep?: boolean;
}

/** Asks main and keeps the answer until something tells that it changed. */
export function useAsk<C extends ChannelName>(
  channel: C,
  request: RequestOf<C>,
  { enabled = true, keep = false }: AskOptions = {},
): Answer<ResponseOf<C>> {
  const query = useQuery<ResponseOf<C>>({
    queryKey: [channel, request],
    queryFn: () => ask(channel, request),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    value: query.data,
    failure: failureOf(query.error),
    waiting: query.isPending && query.fetchStatus !== 'idle',
    again: () => void query.refetch(),
  };
}

interface TellOptions<C extends ChannelName> {
  readonly onSuccess?: (value: ResponseOf<C>) => void;
  readonly onError?: () => void;
  readonly onSettled?: () => void;
}

/**
 * Something to be done in main, at a person's word. Afterwards every answer that is shown is asked for anew. Until that is here, the same request again
 * does nothing: every button and every Enter that tells goes through here.
 */
export function useTell<C extends ChannelName>(channel: C) {
  const client = useQueryClient();
  const [pending] = useState(createPendingRequests);
  const mutation = useMutation<ResponseOf<C>, unknown, RequestOf<C>>({
    mutationFn: (request) => ask(channel, request).finally(() => wipe(request)),
    onSettled: async (_value, _error, request) => {
      await client.invalidateQueries();
      pending.end(request);
    },
    // What was asked may hold a secret: it is not kept beyond the answer.
    gcTime: 0,
  });
  return {
    tell: (request: RequestOf<C>, { onSuccess, onError, onSettled }: TellOptions<C> = {}): void => {
      if (!pending.begin(request)) {
        wipe(request);
        return;
      }
      mutation.mutate(request, {
        onSuccess: (value) => onSuccess?.(value),
        onError: () => onError?.(),
        onSettled: () => onSettled?.(),
      });
    },
    value: mutation.data,
    failure: failureOf(mutation.error),
    isPending: mutation.isPending,
    forget: mutation.reset,
  };
}

/** A secret as main wants it. */
export function secretBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Overwrites every secret of a request once main has it. */
function wipe(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) wipe(inner);
}
