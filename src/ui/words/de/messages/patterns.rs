//! The sentences of recorded messages, in English and in German; `{}` stands for any words.

/// Every sentence of `llm`, `session` and `agents` that a person reads, the longer of two with the same beginning first.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    ("The server says: “{}”", "Der Server sagt: „{}“"),
    (
        "The server limits how often it may be asked (429) and asks to wait {} s.",
        "Der Server begrenzt, wie oft man ihn fragen darf (429), und bittet um {} s Wartezeit.",
    ),
    (
        "The server limits how often it may be asked (429).",
        "Der Server begrenzt, wie oft man ihn fragen darf (429).",
    ),
    (
        "Wait a little, ask fewer agents at once, or choose another model.",
        "Warten Sie etwas, fragen Sie weniger Agenten zugleich, oder wählen Sie ein anderes Modell.",
    ),
    (
        "The account behind the key has no credit or quota left.",
        "Das Konto hinter dem Schlüssel hat kein Guthaben oder Kontingent mehr.",
    ),
    ("Top it up, or use another connection.", "Laden Sie es auf, oder nehmen Sie eine andere Verbindung."),
    ("The server does not accept the key (401).", "Der Server nimmt den Schlüssel nicht an (401)."),
    (
        "Check the key of this connection, and that it belongs to this server.",
        "Prüfen Sie den Schlüssel dieser Verbindung, und ob er zu diesem Server gehört.",
    ),
    (
        "The provider refuses calls from this organisation, region or page ({}).",
        "Der Anbieter lehnt Aufrufe aus dieser Organisation, Region oder Seite ab ({}).",
    ),
    (
        "Ask whoever runs the account, or use another connection.",
        "Fragen Sie, wer das Konto verwaltet, oder nehmen Sie eine andere Verbindung.",
    ),
    (
        "The server refuses the request (403): the key may not use this model, or the server does not admit this page.",
        "Der Server lehnt die Anfrage ab (403): Der Schlüssel darf dieses Modell nicht nutzen, oder der Server lässt diese \
         Seite nicht zu.",
    ),
    (
        "Check the key's permissions; for a server of your own, allow this page's origin.",
        "Prüfen Sie die Rechte des Schlüssels; bei einem eigenen Server erlauben Sie die Herkunft dieser Seite.",
    ),
    (
        "The server knows no such model or address (404).",
        "Der Server kennt kein solches Modell und keine solche Adresse (404).",
    ),
    (
        "Check the model's name, and whether the base URL ends as it should (often /v1).",
        "Prüfen Sie den Namen des Modells, und ob die Basisadresse richtig endet (oft /v1).",
    ),
    ("The server refuses the request ({}).", "Der Server lehnt die Anfrage ab ({})."),
    (
        "Check the connection's settings and the model's name.",
        "Prüfen Sie die Einstellungen der Verbindung und den Namen des Modells.",
    ),
    ("The prompt is too long for the model.", "Der Prompt ist zu lang für das Modell."),
    (
        "Shorten the background or the evidence, or choose a model with a longer context.",
        "Kürzen Sie den Hintergrund oder die Belege, oder wählen Sie ein Modell mit größerem Kontext.",
    ),
    ("The server failed or is overloaded ({}).", "Der Server hat versagt oder ist überlastet ({})."),
    (
        "Try again later, or use another connection.",
        "Versuchen Sie es später, oder nehmen Sie eine andere Verbindung.",
    ),
    (
        "The server could not be reached. A browser gives no reason; it may be off, the address wrong, you offline, access \
         to the local network denied, or the server does not admit web pages (CORS).",
        "Der Server war nicht zu erreichen. Ein Browser nennt keinen Grund: Er kann aus sein, die Adresse falsch, Sie \
         offline, der Zugang zum lokalen Netz verwehrt, oder der Server lässt keine Webseiten zu (CORS).",
    ),
    ("Test the connection in the settings.", "Prüfen Sie die Verbindung in den Einstellungen."),
    (
        "The server could not be reached: {}. Check its address, and whether it is running.",
        "Der Server war nicht zu erreichen: {}. Prüfen Sie seine Adresse, und ob er läuft.",
    ),
    ("The answer took longer than {} s.", "Die Antwort dauerte länger als {} s."),
    (
        "Allow more time in the settings, or choose a faster model.",
        "Erlauben Sie in den Einstellungen mehr Zeit, oder wählen Sie ein schnelleres Modell.",
    ),
    ("Nothing came from the server for {} s.", "Vom Server kam {} s lang nichts."),
    (
        "It may be overloaded or loading the model: try again, or allow more time.",
        "Vielleicht ist er überlastet oder lädt das Modell: Versuchen Sie es noch einmal, oder erlauben Sie mehr Zeit.",
    ),
    (
        "The reply broke off before its end: the connection was cut.",
        "Die Antwort brach vor ihrem Ende ab: Die Verbindung wurde getrennt.",
    ),
    (
        "Try again; if it happens often, look at the server's log.",
        "Versuchen Sie es noch einmal; geschieht es oft, hilft ein Blick in das Protokoll des Servers.",
    ),
    (
        "The model or its provider refuses to answer this question.",
        "Das Modell oder sein Anbieter beantwortet diese Frage nicht.",
    ),
    (
        "Put it in other words, or use another model.",
        "Stellen Sie sie mit anderen Worten, oder nehmen Sie ein anderes Modell.",
    ),
    (
        "The reply is larger than 1 MiB and was not read to its end.",
        "Die Antwort ist größer als 1 MiB und wurde nicht zu Ende gelesen.",
    ),
    (
        "Lower the limit of tokens, or use another model.",
        "Senken Sie die Token-Grenze, oder nehmen Sie ein anderes Modell.",
    ),
    (
        "The server sent the key of this connection back in its reply; the reply was thrown away.",
        "Der Server hat den Schlüssel dieser Verbindung in seiner Antwort zurückgeschickt; die Antwort wurde verworfen.",
    ),
    ("Do not use this server with this key.", "Verwenden Sie diesen Server nicht mit diesem Schlüssel."),
    (
        "What came is no reply of a server of this kind.",
        "Was kam, ist keine Antwort eines Servers dieser Art.",
    ),
    (
        "Check the base URL and the protocol of the connection.",
        "Prüfen Sie die Basisadresse und das Protokoll der Verbindung.",
    ),
    // Models on this device.
    (
        "This browser gives the page no private file system, as in a private window, so no model can be kept.",
        "Dieser Browser gibt der Seite kein privates Dateisystem, etwa in einem privaten Fenster; darum lässt sich kein \
         Modell aufbewahren.",
    ),
    (
        "Use a normal window of a current Chrome, Edge or Firefox.",
        "Nehmen Sie ein gewöhnliches Fenster eines aktuellen Chrome, Edge oder Firefox.",
    ),
    ("Cancelled: nothing was kept.", "Abgebrochen: Nichts wurde aufbewahrt."),
    ("The server answers {} instead of the file.", "Der Server antwortet mit {} statt mit der Datei."),
    (
        "Check that the address leads to the .gguf file itself.",
        "Prüfen Sie, ob die Adresse zur .gguf-Datei selbst führt.",
    ),
    (
        "This file is one part of a split model, and only whole files can be loaded.",
        "Diese Datei ist ein Teil eines geteilten Modells, und nur ganze Dateien lassen sich laden.",
    ),
    (
        "Join the parts with llama-gguf-split --merge, or choose a smaller model that comes in one file.",
        "Fügen Sie die Teile mit llama-gguf-split --merge zusammen, oder wählen Sie ein kleineres Modell aus einer Datei.",
    ),
    (
        "The file is too big{}: WebAssembly holds at most 4 GB, and the model's context needs part of that.",
        "Die Datei ist zu groß{}: WebAssembly fasst höchstens 4 GB, und einen Teil davon braucht der Kontext des Modells.",
    ),
    (
        "Choose a file of up to 3.5 GB; up to 1 GB answers at a bearable speed.",
        "Wählen Sie eine Datei bis 3,5 GB; bis 1 GB antwortet sie in erträglichem Tempo.",
    ),
    (
        "The browser gives this page not enough room: {} are left.",
        "Der Browser gibt dieser Seite nicht genug Platz: {} sind frei.",
    ),
    ("The browser gives this page not enough room.", "Der Browser gibt dieser Seite nicht genug Platz."),
    (
        "Delete a kept model, or free space on this device.",
        "Löschen Sie ein aufbewahrtes Modell, oder schaffen Sie Platz auf diesem Gerät.",
    ),
    (
        "The file broke off before its end, so nothing was kept.",
        "Die Datei brach vor ihrem Ende ab, darum wurde nichts aufbewahrt.",
    ),
    ("Try again.", "Versuchen Sie es noch einmal."),
    (
        "The model “{}” is not kept in this browser any more.",
        "Das Modell „{}“ wird in diesem Browser nicht mehr aufbewahrt.",
    ),
    ("Pick its file again in the settings.", "Wählen Sie seine Datei in den Einstellungen noch einmal."),
    (
        "This browser lacks 64-bit WebAssembly memory, which the model needs.",
        "Diesem Browser fehlt der 64-Bit-Speicher für WebAssembly, den das Modell braucht.",
    ),
    ("Use a current Chrome, Edge or Firefox.", "Nehmen Sie einen aktuellen Chrome, Edge oder Firefox."),
    (
        "The program that runs models could not be loaded from this site (its folder wllama).",
        "Das Programm, das Modelle ausführt, ließ sich von dieser Website nicht laden (Ordner wllama).",
    ),
    ("Check the connection and try again.", "Prüfen Sie die Verbindung, und versuchen Sie es noch einmal."),
    (
        "The model does not fit into memory{}. Close other tabs, or choose a smaller model.",
        "Das Modell passt nicht in den Speicher{}. Schließen Sie andere Tabs, oder wählen Sie ein kleineres Modell.",
    ),
    (
        "{}could not be reached, or does not let pages of other sites read the file (CORS).",
        "{}war nicht zu erreichen oder erlaubt Seiten anderer Websites nicht, die Datei zu lesen (CORS).",
    ),
    (
        "Check the address, or download the file yourself and pick it here.",
        "Prüfen Sie die Adresse, oder laden Sie die Datei selbst herunter, und wählen Sie sie hier.",
    ),
    ("“{}” is no GGUF file.", "„{}“ ist keine GGUF-Datei."),
    (
        "Models for llama.cpp end in .gguf; other formats must be converted first.",
        "Modelle für llama.cpp enden auf .gguf; andere Formate müssen erst umgewandelt werden.",
    ),
    ("The model could not be loaded: “{}”.", "Das Modell ließ sich nicht laden: „{}“."),
    ("The model could not be loaded.", "Das Modell ließ sich nicht laden."),
    (
        "The file may be damaged, or of a kind that llama.cpp does not know.",
        "Vielleicht ist die Datei beschädigt, oder von einer Art, die llama.cpp nicht kennt.",
    ),
    ("The model crashed: “{}”.", "Das Modell ist abgestürzt: „{}“."),
    ("The model crashed.", "Das Modell ist abgestürzt."),
    (
        "It is loaded anew at the next call; a smaller one may be steadier.",
        "Beim nächsten Aufruf wird es neu geladen; ein kleineres läuft vielleicht stabiler.",
    ),
    ("The model gave no answer: “{}”.", "Das Modell gab keine Antwort: „{}“."),
    ("The model gave no answer.", "Das Modell gab keine Antwort."),
    (
        "This browser has no built-in model (no Prompt API).",
        "Dieser Browser hat kein eingebautes Modell (keine Prompt API).",
    ),
    (
        "Use a current Chrome or Edge on a desktop computer, or another kind of connection.",
        "Nehmen Sie einen aktuellen Chrome oder Edge auf einem Schreibtischrechner, oder eine andere Art von Verbindung.",
    ),
    (
        "The browser says that its built-in model is unavailable here: the device or this build of the browser does not \
         meet its requirements.",
        "Der Browser sagt, sein eingebautes Modell sei hier nicht verfügbar: Das Gerät oder diese Ausgabe des Browsers \
         erfüllt seine Anforderungen nicht.",
    ),
    ("Use another kind of connection.", "Nehmen Sie eine andere Art von Verbindung."),
    (
        "The browser's built-in model is not downloaded yet.",
        "Das eingebaute Modell des Browsers ist noch nicht heruntergeladen.",
    ),
    ("Download it in the settings first.", "Laden Sie es zuerst in den Einstellungen herunter."),
    ("The model on this device failed: “{}”.", "Das Modell auf diesem Gerät hat versagt: „{}“."),
    ("The model on this device failed.", "Das Modell auf diesem Gerät hat versagt."),
    // A run's own reasons not to ask.
    (
        "The run was stopped before this agent had answered.",
        "Der Lauf wurde gestoppt, bevor dieser Agent geantwortet hatte.",
    ),
    ("The run's limit of {} s is used up.", "Die Grenze des Laufs von {} s ist erreicht."),
    (
        "Allow more time and run again, or ask faster models.",
        "Erlauben Sie mehr Zeit und starten Sie neu, oder fragen Sie schnellere Modelle.",
    ),
    (
        "You went on without this agent before it had answered.",
        "Sie haben ohne diesen Agenten weitergemacht, bevor er geantwortet hatte.",
    ),
    (
        "While the round is open it can be asked again.",
        "Solange die Runde offen ist, kann er noch einmal gefragt werden.",
    ),
    (
        "The run's limit of {} calls leaves no room for this one.",
        "Die Grenze des Laufs von {} Aufrufen lässt diesen nicht mehr zu.",
    ),
    (
        "Raise it and run again, or ask fewer agents.",
        "Erhöhen Sie sie und starten Sie neu, oder fragen Sie weniger Agenten.",
    ),
    (
        "The run's limit of {} tokens leaves no room for this call.",
        "Die Grenze des Laufs von {} Tokens lässt diesen Aufruf nicht mehr zu.",
    ),
    (
        "The run's limit of {} leaves no room for this call.",
        "Die Grenze des Laufs von {} lässt diesen Aufruf nicht mehr zu.",
    ),
    (
        "Raise it and run again, shorten the background, or lower the agents' own limit.",
        "Erhöhen Sie sie und starten Sie neu, kürzen Sie den Hintergrund, oder senken Sie die Grenze der Agenten selbst.",
    ),
    ("Raise it and run again.", "Erhöhen Sie sie, und starten Sie neu."),
    (
        "This agent is no language model and is not asked.",
        "Dieser Agent ist kein Sprachmodell und wird nicht gefragt.",
    ),
    (
        "No connection is chosen for this agent. Choose one and run again.",
        "Für diesen Agenten ist keine Verbindung gewählt. Wählen Sie eine, und starten Sie neu.",
    ),
    (
        "No trade: the answer could not be read, even after one repair: {}. Use a larger model, or allow it more tokens.",
        "Kein Handel: Die Antwort ließ sich auch nach einer Nachfrage nicht lesen ({}). Nehmen Sie ein größeres Modell, \
         oder erlauben Sie ihm mehr Tokens.",
    ),
    (
        "No trade: {}. Put the question in other words, or use another model.",
        "Kein Handel ({}). Stellen Sie die Frage mit anderen Worten, oder nehmen Sie ein anderes Modell.",
    ),
    // Two or three words for a wait.
    ("rate limit", "Ratenbegrenzung"),
    ("server error", "Serverfehler"),
];
