import { isAppError } from '../../../shared/errors.ts';
import type { Milliseconds } from '../../../shared/model/brand.ts';
import { readSignature } from '../../packages/verify/read-signature.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { listCurrentCards } from '../../vault/repositories/cards.ts';
import { insertDuty } from '../../vault/repositories/duties.ts';
import { eachHeldFor, type MessageRow } from '../../vault/repositories/messages.ts';
import { listNetworkAsks } from '../../vault/repositories/network-asks.ts';
import type { OfficeContext } from '../context.ts';
import { toCertificate } from '../office/directory.ts';
import { RETRY_QUARANTINE } from '../office/store-card.ts';
import { trustFor } from '../office/trust.ts';
import { instantOf } from '../uuid-v7.ts';
import { type NetworkRun, newNetworkRun } from './ask-network.ts';
import { fetchIssuers } from './fetch-issuers.ts';
import { type ChainRequest, fetchRevocation, leadsToAnchor } from './fetch-revocation.ts';
import { messageChains, tokensIn } from './message-chains.ts';
import { getTrustNetwork } from './network-settings.ts';

/** What ends sooner is fetched anew before somebody waits for it. */
const AHEAD: Milliseconds = 6 * 3600_000;
/** How often one address is asked without need. */
const PAUSE: Milliseconds = 3600_000;

/** Fetches what the messages wait for that are held for lack of revocation data. @returns how many lists and answers were new */
export async function gatherForHeld(context: OfficeContext, run: NetworkRun): Promise<number> {
  const { vault } = context;
  if (getTrustNetwork(vault.read).hosts.length === 0) return 0;
  let fetched = 0;
  for (const row of eachHeldFor(vault.read, 'VERDICT_INDETERMINATE')) {
    try {
      fetched += await gatherFor(context, row, run);
    } catch (error) {
      // One that cannot be read on this machine waits, as in recheckHeld, and keeps none of the others back
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
    }
  }
  return fetched;
}

async function gatherFor(context: OfficeContext, row: MessageRow, run: NetworkRun): Promise<number> {
  const { vault } = context;
  if (row.blob === null) return 0;
  const container = await openBlob(vault, row.blob);
  try {
    const signature = await readSignature(container);
    const trust = trustFor(context, vault.read, row.senderOffice);
    let fetched = 0;
    for (const chain of messageChains(signature, tokensIn(signature), trust, new Date(row.firstReceivedAt))) {
      fetched += await fetchRevocation(context, chain, run);
    }
    return fetched;
  } finally {
    await container.close();
  }
}

/**
 * Fetches anew what ends within six hours, for every person and vault that a card in force names, and the CA certificates that their chains lack. An address that was asked within the hour is left alone.
 *
 * @returns how many lists and answers were new
 */
export async function refreshRevocation(context: OfficeContext, signal?: AbortSignal): Promise<number> {
  const { vault, now } = context;
  if (getTrustNetwork(vault.read).hosts.length === 0) return 0;
  const run = newNetworkRun(signal);
  const recently = now().getTime() - PAUSE;
  for (const { url, askedAt } of listNetworkAsks(vault.read)) {
    if (Date.parse(askedAt) > recently) run.silent.add(url);
  }
  let fetched = 0;
  await completeChains(context, run);
  for await (const chain of inTurns(listKnownChains(context, new Date(now().getTime() + AHEAD)))) {
    fetched += await fetchRevocation(context, chain, run);
  }
  return fetched;
}

/** What was turned away for want of a CA certificate between its signer and an anchor is read again once that has come. */
async function completeChains(context: OfficeContext, run: NetworkRun): Promise<void> {
  const { vault, now } = context;
  let isNew = false;
  for await (const chain of inTurns(listKnownChains(context, now()))) {
    if (!leadsToAnchor(chain) && (await fetchIssuers(context, chain, run))) isNew = true;
  }
  if (isNew) vault.write((db) => insertDuty(db, RETRY_QUARANTINE, {}, instantOf(now())));
}

/** A thousand offices have thousands of chains, of a third of a millisecond each: between two of them whoever else waits has a turn. */
async function* inTurns<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    yield item;
    await new Promise(setImmediate);
  }
}

function listKnownChains(context: OfficeContext, at: Date): ChainRequest[] {
  const { read } = context.vault;
  return listCurrentCards(read).flatMap(({ office, body: card }) => {
    const { anchors, untrusted = [] } = trustFor(context, read, office);
    const certificates = [
      ...card.persons.map(({ certificate }) => certificate),
      ...card.vaults.map(({ receiptCertificate }) => receiptCertificate),
    ];
    return certificates.map((der) => ({
      leaf: toCertificate(context, der),
      untrusted,
      anchors,
      at,
      usage: 'sign' as const,
    }));
  });
}
