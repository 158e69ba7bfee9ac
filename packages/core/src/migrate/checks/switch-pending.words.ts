import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/switch-pending`. */
export const migrateSwitchPendingWords = {
  title: 'No change of spec waits for a switch of its traffic',
  about:
    "A change of an instance's spec may bring a new outbound address, and then waits up to 24 hours until somebody confirms it. Until then nobody knows which addresses backends " +
    'will see.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications',
  ],
  says: {
    NO_SWITCH: ({ id, nativeState }: { readonly id: string; readonly nativeState: string }) =>
      `${id} is ${nativeState}`,
    SWITCH_PENDING: ({ id }: { readonly id: string }) => ({
      message: `a change of the spec of ${id} waits for the switch of its traffic`,
      remedy: 'Confirm the switch in the console, or let it be cancelled, and look again.',
    }),
  },
} satisfies CheckWords;
