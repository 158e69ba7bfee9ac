import { invalidValue } from './errors.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const CHARACTERS = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;
const LONGEST = 255;
const SET = 'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*';

/** The name of a security group. @throws {ServiceError} `InvalidParameterValue`. */
export function checkGroupName(name: string): void {
  if (name.length > LONGEST || !CHARACTERS.test(name)) {
    throw invalidValue(
      `Value (${name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.`,
    );
  }
  if (name.toLowerCase() === 'default') {
    throw invalidValue('Cannot use reserved security group name: default');
  }
  if (name.startsWith('sg-')) {
    throw invalidValue(
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  }
}

/** The description of a security group. @throws {ServiceError} `InvalidParameterValue`. */
export function checkGroupDescription(text: string): void {
  if (text.length <= LONGEST && CHARACTERS.test(text)) return;
  throw invalidValue(
    `Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: ${SET}`,
  );
}

/** The description of a security group's rule. @throws {ServiceError} `InvalidParameterValue`. */
export function checkRuleDescription(text: string | undefined): void {
  if (text === undefined || (text.length <= LONGEST && CHARACTERS.test(text))) return;
  throw invalidValue(
    `Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: ${SET}`,
  );
}
