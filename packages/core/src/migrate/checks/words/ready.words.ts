import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/ready`. */
export const migrateReadyWords = {
  title: 'The link to move to is ready',
  about:
    'The service refuses to move a group to an instance that is not running. An integration that uses a link that is not ready answers with errors. ' +
    'A state that the cloud does not document is unknown.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    READY: ({ id, nativeState }: { readonly id: string; readonly nativeState: string }) => `${id} is ${nativeState}`,
    STATE_NOT_KNOWN: ({ id }: { readonly id: string }) => `${id} is ready`,
    NOT_READY: ({
      id,
      stateText,
      nativeState,
      reason,
      isSaid,
      state,
    }: {
      readonly id: string;
      readonly stateText: string;
      readonly nativeState: string;
      readonly reason?: string | undefined;
      readonly isSaid: boolean;
      readonly state: string;
    }) => ({
      message: `${id} is ${stateText} (${nativeState})${reason === undefined || isSaid ? '' : `: ${reason}`}`,
      remedy: state === 'pending' ? 'Wait until it is ready, then validate the move again.' : 'Move to another link.',
    }),
  },
} satisfies CheckWords;
