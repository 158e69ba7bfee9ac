export { conflicts } from '../../cidr/conflicts.js';
export { contains } from '../../cidr/contains.js';
export { free } from '../../cidr/free.js';
export { merge, subtract } from '../../cidr/merge.js';
