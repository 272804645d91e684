import type { deliveryChannels } from '../../../shared/ipc/channels/delivery.ts';
import { withChosenTarget } from '../../usecases/chosen-files.ts';
import { nameOffice } from '../../usecases/desk/names.ts';
import { askGiveUp } from '../../usecases/desk/questions/exchange-questions.ts';
import { viewDelivery } from '../../usecases/desk/view-delivery.ts';
import { exportNonDelivery } from '../../usecases/export-non-delivery.ts';
import { giveUpDelivery } from '../../usecases/give-up-delivery.ts';
import { remindRecipients } from '../../usecases/remind-recipients.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf, tellChanged } from '../office-of.ts';
import { requireConfirmed } from '../require-confirmed.ts';

export const deliveryHandlers: HandlersOf<keyof typeof deliveryChannels> = {
  'delivery:show': ({ m }, desk) => viewDelivery(officeOf(desk), m),
  'message:remind': async ({ m, office, route }, desk) => {
    const only = { ...(office === undefined ? {} : { office }), ...(route === undefined ? {} : { route }) };
    const copies = await remindRecipients(officeOf(desk), m, actorOf(desk), only);
    desk.session.get().exchange.syncNow();
    return { copies };
  },
  'delivery:give-up': async ({ m }, desk) => {
    await requireConfirmed(desk, askGiveUp(officeOf(desk), m));
    const context = officeOf(desk);
    const records = await giveUpDelivery(context, m, actorOf(desk));
    tellChanged(desk, 'messages', 'matters', 'alarms');
    desk.session.get().exchange.syncNow();
    return {
      records: records.map(({ office, record }) => ({ office: nameOffice(context.vault.read, office), m: record })),
    };
  },
  'delivery:export-record': async ({ record }, desk) => {
    const path = await desk.shell.chooseTarget(`non-delivery-${record.slice(0, 12)}.asice`);
    if (path === null) return { saved: false };
    await withChosenTarget(
      path,
      (sink) => exportNonDelivery(officeOf(desk), { m: record, sink, by: actorOf(desk) }),
      noteOf(desk),
    );
    return { saved: true };
  },
};
