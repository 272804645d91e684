import type { TrustNetwork } from '../../../shared/model/trust-network.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';

/** Whom certificates and time may be asked of, and how that is changed. */
export function useNetwork() {
  const network = useAsk('trust:network', {});
  const set = useTell('trust:set-network');
  return {
    value: network.value,
    failure: network.failure ?? set.failure,
    change: (part: Partial<TrustNetwork>): void => {
      if (network.value !== undefined) set.tell({ ...network.value, ...part });
    },
  };
}
