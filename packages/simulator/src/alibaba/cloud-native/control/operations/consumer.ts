import { IDENTITIES, consumerInfo, consumerView, readIdentities } from '../consumer.js';
import { apigList } from '../request/list.js';
import { apigFamily, isListed, LIST_LAG_MS, neededText } from '../request/parameters.js';
import { getConsumer } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import { flag, required, text } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

const GIVEN = {
  enable: flag,
  description: text,
  ...IDENTITIES,
};

/** Consumers: who calls. They belong to the account. Lists show a new one some seconds later. */
export const consumerOperations = apigFamily({
  CreateConsumer: {
    parameters: { name: required({ type: 'string', length: [1, 64] }), gatewayType: text, ...GIVEN },
    run(call, input) {
      const { consumers } = call.state.apig;
      if ([...consumers.values()].some(({ name }) => name === input.name)) {
        throw refusals.duplicated('ConsumerName', input.name);
      }

      const id = call.id('cs-', 20);
      consumers.set(id, {
        ...readIdentities(call, input),
        id,
        name: input.name,
        enable: input.enable ?? true,
        description: input.description ?? '',
        gatewayType: input.gatewayType ?? 'API',
        listedFrom: call.now + Math.floor(call.random() * LIST_LAG_MS),
        createdAt: call.now,
        modifiedAt: call.now,
      });
      return { consumerId: id };
    },
  },

  GetConsumer: {
    parameters: { consumerId: neededText },
    run: ({ state }, { consumerId }) => consumerView(getConsumer(state, consumerId)),
  },

  ListConsumers: apigList({
    rows: ({ state, now }) => [...state.apig.consumers.values()].filter(isListed(now)),
    same: ['gatewayType'],
    part: { nameLike: 'name' },
    view: consumerInfo,
  }),

  /** Identities that are given replace those of the same kind. */
  UpdateConsumer: action({ consumerId: neededText, ...GIVEN }, (call, input) => {
    const row = getConsumer(call.state, input.consumerId);
    const { enable = row.enable, description = row.description } = input;
    const identities = readIdentities(call, input, row);
    call.state.apig.consumers.set(row.id, { ...row, ...identities, enable, description, modifiedAt: call.now });
    return undefined;
  }),

  /** The authorizations of a consumer go with it [I]. */
  DeleteConsumer: action({ consumerId: neededText }, ({ state }, { consumerId }) => {
    const { id } = getConsumer(state, consumerId);
    state.apig.consumers.delete(id);
    for (const row of state.apig.authorizations.values()) {
      if (row.consumerId === id) state.apig.authorizations.delete(row.id);
    }
    return undefined;
  }),
});
