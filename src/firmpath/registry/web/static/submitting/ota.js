/* Reads an OTA file in the browser: its header, and the hash of its Manufacturer Image, fill the form and are held
   against what stands there. Nothing of the file is sent to anybody. The same checks as `firmpath image` makes. */

const LARGEST = 256 * 2 ** 20;
const FIXED = 56;
const OPTIONAL = [[1, 1], [2, 8], [4, 4]]; /* bit of the field control, and the octets of its field */
const BLOCK = 66; /* 00 40 and 64 octets, which is how a signature block looks */

const hex = (number, digits) => number.toString(16).toUpperCase().padStart(digits, "0");

/* Give the header as DOMAIN section 5 lays it out, or the words that say what is wrong. */
function parseHeader(view, size) {
  if (view.byteLength < FIXED || view.getUint32(0, true) !== 0x0beef11e) {
    return { wrong: ["This is no OTA file: it does not begin with 1E F1 EE 0B and a header. Give the file as its maker made it."] };
  }
  const number = (at) => view.getUint16(at, true);
  const control = number(8), length = number(6), total = view.getUint32(52, true);
  const needed = FIXED + OPTIONAL.reduce((sum, [bit, octets]) => sum + (control & bit ? octets : 0), 0);
  const wrong = [];
  if (number(4) !== 0x0100) wrong.push(`The header version ${hex(number(4), 4)} is not understood; 0100 is.`);
  if (control & ~7) wrong.push(`The field control ${hex(control, 4)} sets bits that mean nothing.`);
  if (length !== needed) wrong.push(`The header length ${length} is not that of its fields, ${needed}.`);
  if (total !== size) wrong.push(`The header says ${total} octets, and the file has ${size}. Get the whole file.`);
  if (size <= length) wrong.push("There is no Manufacturer Image in it.");
  if (wrong.length) return { wrong };
  const hardware = control & 4 ? [number(needed - 4), number(needed - 2)] : null;
  if (hardware && hardware[0] > hardware[1]) return { wrong: ["Its hardware range is empty."] };
  return {
    length,
    maker: hex(number(10), 4),
    imageType: hex(number(12), 4),
    version: hex(view.getUint32(14, true), 8),
    protocol: hex(number(18), 4),
    hardware,
    destination: control & 2 ? eui64(view, FIXED + (control & 1)) : null,
  };
}

/* An EUI-64 is little-endian in the file, and written from its other end. */
function eui64(view, at) {
  return [7, 6, 5, 4, 3, 2, 1, 0].map((each) => hex(view.getUint8(at + each), 2)).join("-");
}

async function hashOf(octets) {
  const hashed = await crypto.subtle.digest("SHA-256", octets);
  return [...new Uint8Array(hashed)].map((each) => hex(each, 2)).join("");
}

/* Where the image ends can be in doubt; then both hashes are given, and a person decides. */
async function readFile(file) {
  if (file.size === 0) return { wrong: ["It is empty, or a folder, or was moved meanwhile."] };
  if (file.size > LARGEST) return { wrong: ["It is larger than 256 MiB, which no firmware of a meter is."] };
  const octets = new Uint8Array(await file.arrayBuffer());
  const header = parseHeader(new DataView(octets.buffer), octets.length);
  if (header.wrong) return header;
  const image = octets.subarray(header.length), end = image.length - BLOCK;
  const hashes = [["all that follows the header", await hashOf(image)]];
  if (end > 0 && image[end] === 0x00 && image[end + 1] === 0x40) {
    hashes.push(["without the last 66 octets, which look like a signature block", await hashOf(image.subarray(0, end))]);
  }
  return { ...header, hashes };
}

const section = document.querySelector("[data-ota]");
const form = section?.closest("main").querySelector("form");
const said = section?.querySelector("[role=status]");
const picker = section?.querySelector("input[type=file]");
let found = null;
let latest = null; /* what was given last; what is read of anything before comes too late */
const filled = new Map(); /* what was written into the form, by the names of its fields */

function written(name) {
  const choices = choicesOf(name);
  const chosen = choices ? choices.find((each) => each.checked) : form.elements[name];
  return (chosen?.value ?? "").trim().toUpperCase();
}

/* Give the radio buttons of a question, where it has some. */
function choicesOf(name) {
  const field = form.elements[name];
  if (field instanceof RadioNodeList) return [...field];
  return field?.type === "radio" ? [field] : null; /* a question with a single choice has no list of them */
}

/* Write a value, among radio buttons only if it is one of them; it is taken back for another file. */
function write(name, value) {
  const choices = choicesOf(name);
  if (!choices) form.elements[name].value = value;
  for (const each of choices ?? []) each.checked = each.value === value;
  if (value) filled.set(name, value);
}

/* Take back what was written into the form, where nobody has changed it since. */
function takeBack() {
  for (const [name, value] of filled) if (written(name) === value) write(name, "");
  filled.clear();
}

/* Say whose a value is that the form has as the file has it: not the person's, if it was filled in from the file. */
function agrees(name) {
  return filled.get(name) === written(name) ? "filled in below" : "as the form says";
}

/* Write a value where nothing stands yet. */
function fill(name, value) {
  if (!written(name) && form.elements[name]) write(name, value);
}

function fillAll() {
  fill("manufacturer_id", found.maker);
  fill("firmware_version", found.version);
  if (found.hashes.length === 1) fill("manufacturer_image_hash", found.hashes[0][1]);
  if (found.hardware && found.hardware[0] === found.hardware[1]) {
    const only = hex(found.hardware[0], 4);
    fill("hardware_version", only.slice(0, 2));
    fill("hardware_revision", only.slice(2));
  }
}

function line(label, text, isFault = false) {
  const item = document.createElement("li"), strong = document.createElement("strong");
  strong.textContent = label;
  item.append(strong, ` ${text}`);
  if (isFault) item.className = "fault";
  return item;
}

function compared(label, name, value) {
  const own = written(name);
  if (own === value) return line(label, `${value}, ${agrees(name)}`);
  if (own) return line(label, `${value}. The form says ${own}: find out which is right.`, true);
  const isChoice = !choicesOf(name) || choicesOf(name).some((each) => each.value === value);
  return isChoice ? line(label, value) : line(label, `${value}. It is none of yours: find out whose file it is.`, true);
}

function hardwareLine([least, most]) {
  const range = `${hex(least, 4)} to ${hex(most, 4)}`, own = written("hardware_version") + written("hardware_revision");
  const isOut = /^[0-9A-F]{4}$/.test(own) && (parseInt(own, 16) < least || parseInt(own, 16) > most);
  if (isOut) return line("Hardware", `${range}. The form says ${own}, which is not within that: find out which is right.`, true);
  const isFilled = ["hardware_version", "hardware_revision"].every((each) => filled.get(each) === written(each));
  return line("Hardware", isFilled ? `${range}, filled in below` : range);
}

function hashLine([extent, hash], index) {
  const own = written("manufacturer_image_hash"), isOwn = own === hash;
  const isOther = own && !found.hashes.some((each) => each[1] === own);
  const item = line("Manufacturer Image hash", `${hash} (${extent})${isOwn ? `, ${agrees("manufacturer_image_hash")}` : ""}`, isOther);
  if (isOther && index === 0) item.append(". The form has another hash: find out which is right.");
  if (!isOwn && (found.hashes.length > 1 || isOther)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Use this hash";
    button.setAttribute("aria-label", `Use this hash, ${extent}`);
    button.addEventListener("click", () => {
      write("manufacturer_image_hash", hash);
      show();
    });
    item.append(" ", button);
  }
  return item;
}

function show() {
  const list = document.createElement("ul");
  if (found.name) list.append(line("File", found.name));
  if (found.wrong) {
    list.append(...found.wrong.map((each) => line("Not read.", each, true)));
  } else {
    list.append(
      compared("Manufacturer identifier", "manufacturer_id", found.maker),
      compared("Firmware version", "firmware_version", found.version),
      ...(found.hardware ? [hardwareLine(found.hardware)] : []),
      ...(found.destination ? [line("For one Device", `${found.destination}. No other takes this file: ask for the one without it.`, true)] : []),
      ...found.hashes.map(hashLine),
      line("Image type", `${found.imageType}. Makers give it what meaning they like, so it fills nothing.`),
      line("Protocol", `${found.protocol}, a generation of ZigBee. It is not the stack version that the SSC asks for.`),
    );
    if (found.hashes.length > 1 && !found.hashes.some((each) => each[1] === written("manufacturer_image_hash"))) {
      list.append(line("Which hash?", "The file may end in a signature block, which is no part of the image. Whoever made it knows."));
    }
  }
  said.replaceChildren(list);
}

async function take(files) {
  latest = files;
  found = null;
  takeBack();
  said.textContent = files.length ? "Reading…" : "";
  if (!files.length) return;
  const unreadable = "The browser could not read it. Is it a folder, or was it moved or changed meanwhile?";
  const read = files.length > 1
    ? { wrong: [`These are ${files.length} files. Give one.`] }
    : await readFile(files[0]).catch(() => ({ wrong: [unreadable] }));
  if (latest !== files) return;
  found = { ...read, name: files.length > 1 ? null : files[0].name };
  if (!found.wrong) fillAll();
  show();
}

/* A file that is dropped beside the box would else be opened in place of the page, and what was typed be lost. */
function drop(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  if (event.type !== "drop") return;
  picker.value = ""; /* or it would name another file than the one that is told of */
  take([...event.dataTransfer.files]);
}

/* Hashes can be made on a secure connection alone; else the words about the command line stay. */
if (section && globalThis.crypto?.subtle) {
  section.querySelector("[data-ota-by-command]").hidden = true;
  section.querySelector("[data-ota-here]").hidden = false;
  picker.addEventListener("change", () => take([...picker.files]));
  form.addEventListener("input", () => found && show());
  document.addEventListener("dragover", drop);
  document.addEventListener("drop", drop);
}
