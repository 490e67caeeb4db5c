export { nodeEngine } from './engine.js';
export { nodeCodes, nodeFault } from './codes.js';
export { doctorCodes } from './doctor/codes.js';
export { checkGenuine } from './doctor/genuine.js';
export { repairFile } from './doctor/repair-file.js';
export { readFileWithin } from './files.js';
export { kindOfFile } from './file-kind.js';
export { readKit } from './kit.js';
export { openLicense } from './open-license.js';
export { openSideFile, writeCarriedPages, writeSideFile } from './side-file.js';

export type { NodeCode } from './codes.js';
export type { Repair } from './doctor/repair.js';
export type { Kit, KitNames, KitText } from './kit.js';
export type { SideFile } from './side-file.js';
export type { HostExplanation } from './host/explain-host.js';
export type { LicenseEvent, LicenseListener } from './live/events.js';
export type { TallyRow } from './live/tally.js';
export type { OpenedLicense, OpenLicenseOptions } from './open-license.js';
