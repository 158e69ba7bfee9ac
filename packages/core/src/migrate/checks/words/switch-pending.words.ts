import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/switch-pending`. */
export const migrateSwitchPendingWords = {
  title: 'No change of the instance type is waiting for its traffic switch',
  about:
    'A change of the instance type may bring a new outbound address. It then waits up to 24 hours for confirmation. Until then the source addresses of calls to backends ' +
    'cannot be determined.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications',
  ],
  says: {
    NO_SWITCH: ({ id, nativeState }: { readonly id: string; readonly nativeState: string }) =>
      `${id} is ${nativeState}`,
    SWITCH_PENDING: ({ id }: { readonly id: string }) => ({
      message: `a change of the instance type of ${id} is waiting for its traffic switch`,
      remedy: 'Confirm the switch in the console, or wait until it is canceled, then validate the move again.',
    }),
  },
} satisfies CheckWords;
