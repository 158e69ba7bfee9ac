import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/private-domain`. */
export const migratePrivateDomainWords = {
  title: 'The target instance resolves every private domain of a backend',
  about:
    'The gateway does not query PrivateZone. An instance resolves an internal name of a backend by a private-DNS record that is attached to the instance. If the record is attached ' +
    'to the current instance only, the name does not resolve after the move. A new record takes about ten minutes.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  says: {
    RECORDS_NOT_READ: ({ linkId, host }: { readonly linkId?: string | undefined; readonly host: string }) =>
      `${linkId ?? 'the target instance'} resolves ${host}`,
    RECORD_KNOWN: ({ linkId, host }: { readonly linkId?: string | undefined; readonly host: string }) =>
      `${linkId ?? 'the target instance'} resolves ${host}`,
    RECORD_LACKING: ({
      useText,
      host,
      linkId,
    }: {
      readonly useText: string;
      readonly host: string;
      readonly linkId?: string | undefined;
    }) => ({
      message: `${useText} calls ${host}, which ${linkId ?? 'the target instance'} does not resolve`,
      remedy: `Attach the private-DNS record ${host} to ${linkId ?? 'the target instance'} (AssociateInstanceWithPrivateDNS), then wait ten minutes.`,
    }),
  },
} satisfies CheckWords;
