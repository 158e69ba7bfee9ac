import { addPolicy, bind, BINDING, BOUND, boundIn, deletePolicy, unbind } from '../api-policies/bindings.js';
import { family } from '../request/family.js';
import { pluginName, text } from '../request/parameters.js';
import { required } from '../../operation/operation.js';

const ID = { SignatureId: required(text) };

/** Keys that sign calls to backends, and the APIs that they are bound to. */
export const signatureActions = family({
  CreateSignature: {
    parameters: {
      SignatureName: required(pluginName),
      SignatureKey: required({ type: 'string', pattern: /^[A-Za-z]\w{5,19}$/ }),
      SignatureSecret: required({ type: 'string', pattern: /^[A-Za-z][\w@#!*]{5,29}$/ }),
    },
    run(call, { SignatureName, SignatureKey, SignatureSecret }) {
      const given = { name: SignatureName, description: '', key: SignatureKey, secret: SignatureSecret };
      return { SignatureId: addPolicy(call, 'Signature', given), SignatureName };
    },
  },

  /** Deletes a key that is bound to no API. */
  DeleteSignature: {
    parameters: ID,
    run({ state }, { SignatureId }) {
      deletePolicy(state, 'Signature', SignatureId);
      return {};
    },
  },

  SetSignatureApis: {
    parameters: { ...ID, ...BINDING },
    run(call, input) {
      bind(call, 'Signature', input.SignatureId, input);
      return {};
    },
  },

  RemoveSignatureApis: {
    parameters: { ...ID, ...BINDING },
    run(call, input) {
      unbind(call, 'Signature', input.SignatureId, input);
      return {};
    },
  },

  /** Lists what is bound in a group on a stage: a row for each API, without keys and secrets. */
  DescribeApiSignatures: {
    parameters: BOUND,
    run({ state }, input) {
      const { items, numbers } = boundIn(state, 'Signature', input);
      const rows = items.map((one) => ({ ...one.view, SignatureId: one.policy.id, SignatureName: one.policy.name }));
      return { ...numbers, ApiSignatures: { ApiSignatureItem: rows } };
    },
  },
});
