import { aboutGateway, fail, migrationCheck, pass, thing } from '@postern/core/checks';

/** `migrate/switch-pending`. */
export const migrateSwitchPending = migrationCheck({
  id: 'migrate/switch-pending',
  severity: 'error',
  title: 'No change of the instance type is waiting for its traffic switch',
  about:
    'A change of the instance type may bring a new outbound address. It then waits up to 24 hours for confirmation. Until then the source addresses of calls to backends ' +
    'cannot be determined.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications',
  ],
  codes: {
    NO_SWITCH: pass('{id} is {nativeState}'),
    SWITCH_PENDING: fail(
      'a change of the instance type of {id} is waiting for its traffic switch',
      'Confirm the switch in the console, or wait until it is canceled, then validate the move again.',
    ),
  },
  *run({ gateway, from, to }, say) {
    for (const view of [from, to]) {
      if (view?.link === undefined) continue;
      const { id, nativeState, settings } = view.link;
      const about = aboutGateway(gateway, thing('instance', id));
      const evidence = [{ kind: 'link', id, text: nativeState }];
      if (settings?.switchPending !== true) yield say.NO_SWITCH(about, { id, nativeState }, evidence);
      else yield say.SWITCH_PENDING(about, { id }, evidence);
    }
  },
});
