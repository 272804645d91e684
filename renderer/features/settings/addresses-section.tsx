import { useAsk } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ListState } from './list-state.tsx';

/** Every address that the program may ask, and what for: nothing else is dialled. */
export function AddressesSection() {
  const { t } = useText();
  const addresses = useAsk('settings:addresses', {});
  return (
    <ListState answer={addresses} empty={t('window.settings.addresses.none')}>
      {(items) => (
        <div className="sheet">
          <table className="settings-table">
            <thead>
              <tr>
                <th scope="col">{t('window.settings.addresses.address')}</th>
                <th scope="col">{t('window.settings.addresses.use')}</th>
                <th scope="col">{t('window.settings.addresses.name')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ use, address, name }) => (
                <tr key={`${use} ${address} ${name}`}>
                  <td className="mono">{address}</td>
                  <td>{t(`window.settings.addresses.for.${use}`)}</td>
                  <td lang="zh-CN">{name}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ListState>
  );
}
