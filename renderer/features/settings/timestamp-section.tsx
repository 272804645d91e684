import { tsaSetting } from '../../../shared/model/trust-network.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { AddressList } from './address-list.tsx';
import { useNetwork } from './use-network.ts';

/** Whose clock proves when something was signed, in the order in which they are asked. */
export function TimestampSection() {
  const { t } = useText();
  const network = useNetwork();
  // Not known is not none: "no timestamps" is said only where that was read
  const tsas = network.value?.tsas;
  return (
    <>
      {tsas !== undefined && (
        <AddressList
          invalid={t('window.settings.timestamps.wrong')}
          isValid={(url) => tsaSetting.safeParse({ url, policy: null }).success}
          items={tsas.map(({ url }) => url)}
          none={t('window.settings.timestamps.none')}
          placeholder="http://tsa.example.org"
          onChange={(urls) =>
            network.change({ tsas: urls.map((url) => tsas.find((tsa) => tsa.url === url) ?? { url, policy: null }) })
          }
        />
      )}
      {network.failure !== null && <FailureLine failure={network.failure} />}
    </>
  );
}
