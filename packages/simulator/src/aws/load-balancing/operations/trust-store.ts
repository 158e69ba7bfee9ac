import { raise } from '../../../simulation/raise.js';
import { ServiceError } from '../../operation/operation.js';
import { trustStoreArn, getTrustStore } from '../find.js';
import { invalid, trustStoreNotFound, PAGE, TAGS, family, paged } from '../request.js';
import type { TrustStoreRow } from '../state.js';
import { newTags } from '../tags.js';
import { limited } from '../../operation/family.js';

/**
 * Trust stores. The bundle of certificates in S3 is not read, so that their number is not in the answers, and a store accepts every
 * certificate that has not ended. The words of refusals are [I].
 */
export const trustStoreOperations = family({
  CreateTrustStore: {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTrustStore.html
    limits: { Name: { pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/ }, ...TAGS },
    run(call, input) {
      const { trustStores } = call.state.loadBalancing;
      if ([...trustStores.values()].some(({ fields }) => fields.Name === input.Name)) {
        throw new ServiceError('DuplicateTrustStoreName', `A trust store with the name '${input.Name}' already exists`);
      }

      const arn = trustStoreArn(call, input.Name, call.id('', 16));
      const row: TrustStoreRow = {
        fields: { Name: input.Name, TrustStoreArn: arn, Status: 'ACTIVE' },
        tags: newTags(input.Tags),
      };
      trustStores.set(arn, row);
      return { TrustStores: [row.fields] };
    },
  },

  /** Deletes a trust store that no listener uses. */
  DeleteTrustStore(call, input) {
    const { TrustStoreArn: arn } = getTrustStore(call.state, input.TrustStoreArn).fields;
    const { listeners, trustStores } = call.state.loadBalancing;
    if ([...listeners.values()].some(({ fields }) => fields.MutualAuthentication?.TrustStoreArn === arn)) {
      throw new ServiceError('TrustStoreInUse', `Trust store '${arn}' is currently in use by a listener`);
    }

    trustStores.delete(arn);
    return {};
  },

  /** Lists the trust stores, or those named by ARN or by name. */
  DescribeTrustStores: limited(PAGE, (call, input, name) => {
    const { TrustStoreArns: arns = [], Names: names = [] } = input;
    if (arns.length > 0 && names.length > 0) throw invalid('Trust store ARNs and names cannot be specified together');

    const all = [...call.state.loadBalancing.trustStores.values()];
    const named = names.map((one) => all.find(({ fields }) => fields.Name === one) ?? raise(trustStoreNotFound(one)));
    const rows = arns.length > 0 ? arns.map((arn) => getTrustStore(call.state, arn)) : names.length > 0 ? named : all;
    const shown = rows.map(({ fields }) => fields);
    return paged('TrustStores', name, shown, input, ({ TrustStoreArn }) => TrustStoreArn);
  }),
});
