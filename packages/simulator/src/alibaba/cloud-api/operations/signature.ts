import { addPolicy } from '../api-policies/bindings.js';
import { family } from '../request/family.js';
import { pluginName } from '../request/parameters.js';
import { required } from '../../operation/operation.js';

/** Keys that sign calls to backends. */
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
});
