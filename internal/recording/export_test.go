package recording

// ShiftFor is shiftFor.
var ShiftFor = shiftFor

// Magic begins every file.
const Magic = magic
