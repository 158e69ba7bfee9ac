import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/private-domain`. */
export const migratePrivateDomainWords = {
  title: 'The target instance knows every private domain that a backend is named by',
  about:
    'The gateway does not ask PrivateZone. An internal name of a backend is known to an instance by a private-DNS record that is attached to it; one that is attached to the ' +
    'present instance only is no longer answered after the move. A new record takes about ten minutes.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  says: {
    RECORDS_NOT_READ: ({ linkId, host }: { readonly linkId?: string | undefined; readonly host: string }) =>
      `${linkId ?? ''} knows ${host}`,
    RECORD_KNOWN: ({ linkId, host }: { readonly linkId?: string | undefined; readonly host: string }) =>
      `${linkId ?? ''} knows ${host}`,
    RECORD_LACKING: ({
      useText,
      host,
      linkId,
    }: {
      readonly useText: string;
      readonly host: string;
      readonly linkId?: string | undefined;
    }) => ({
      message: `${useText} calls ${host}, which ${linkId ?? 'the target instance'} does not know`,
      remedy: `Attach the private-DNS record ${host} to ${linkId ?? 'the target instance'} (AssociateInstanceWithPrivateDNS), and wait ten minutes.`,
    }),
  },
} satisfies CheckWords;
