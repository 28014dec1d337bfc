"""Registered domains that reference lists cite, by subject: what a mistyped host may have been meant to be.

Written from general knowledge of where scholarly, health and library literature stands; each is the domain that the
organisation itself uses. A domain in this table is never taken for a slip of another, so that neighbours which both
exist (tu-berlin.de and fu-berlin.de, unige.it and unife.it) belong in it together.

The number before each group is how often a list cites one of its domains, compared with the others: it decides between
two that are equally near. The first groups were graded by counting in how many public .bib files, and in how many
journals of the CSL style repository, a domain occurs; the others by judgement. They fall as citations do, a few hosts
taking most of them. ``tests/bench/hosts.py`` counts the hosts of any lists beside these numbers.
"""

from __future__ import annotations

from ppreflist.links.known_places import PLACES

_GROUPS: tuple[tuple[int, str], ...] = (
    # The few that most addresses of reference lists lead to.
    (4000, "doi.org"),
    (2000, "nih.gov arxiv.org wiley.com springer.com sciencedirect.com"),
    (
        1000,
        """
        tandfonline.com nature.com oup.com jstor.org github.com acm.org ieee.org archive.org elsevier.com sagepub.com
        cambridge.org google.com wikipedia.org handle.net dblp.org
        """,
    ),
    (
        400,
        """
        who.int cdc.gov bmj.com lww.com mdpi.com frontiersin.org plos.org biomedcentral.com thelancet.com nejm.org
        jamanetwork.com science.org sciencemag.org pnas.org acs.org apa.org iop.org aps.org cell.com karger.com
        liebertpub.com thieme.de thieme-connect.com annualreviews.org ssrn.com mit.edu stanford.edu harvard.edu
        youtube.com europa.eu aclanthology.org researchgate.net
        """,
    ),
    (
        150,
        """
        fda.gov rsc.org aip.org ams.org siam.org asm.org ahajournals.org neurology.org physiology.org agu.org
        ametsoc.org copernicus.org projecteuclid.org degruyter.com brill.com emerald.com uchicago.edu cmu.edu
        berkeley.edu psu.edu cornell.edu nasa.gov noaa.gov usgs.gov hhs.gov ed.gov gov.uk nice.org.uk nhs.uk
        cochranelibrary.com cochrane.org r-project.org jstatsoft.org jmlr.org mlr.press nber.org repec.org zenodo.org
        osf.io figshare.com un.org worldbank.org oecd.org unesco.org loc.gov nytimes.com theguardian.com bbc.co.uk
        bbc.com washingtonpost.com microsoft.com ibm.com twitter.com medium.com aaai.org ijcai.org usenix.org
        openreview.net neurips.cc nips.cc biorxiv.org medrxiv.org semanticscholar.org proquest.com heinonline.org
        asme.org ascelibrary.org w3.org ietf.org iso.org worldcat.org europepmc.org scielo.br cairn.info
        openedition.org dagstuhl.de ceur-ws.org hal.science archives-ouvertes.fr jmir.org iucr.org ersjournals.com
        """,
    ),
    # Identifier resolvers, archives and indexes.
    (
        100,
        """
        doi.org handle.net arxiv.org archive.org nih.gov jstor.org wikipedia.org wikimedia.org wikidata.org
        github.com crossref.org datacite.org orcid.org worldcat.org europepmc.org semanticscholar.org zenodo.org
        figshare.com osf.io ssrn.com researchgate.net academia.edu biorxiv.org medrxiv.org chemrxiv.org
        hal.science archives-ouvertes.fr core.ac.uk base-search.net dblp.org acm.org ieee.org google.com
        youtube.com perma.cc archive.today archive.is archive.ph webcitation.org purl.org w3.org w3id.org
        ietf.org rfc-editor.org iso.org ror.org openalex.org
        """,
    ),
    # Publishers and journals.
    (
        30,
        """
        elsevier.com sciencedirect.com springer.com springernature.com springeropen.com nature.com wiley.com
        tandfonline.com taylorfrancis.com sagepub.com oup.com oxfordjournals.org cambridge.org science.org
        sciencemag.org pnas.org plos.org plosone.org biomedcentral.com frontiersin.org mdpi.com hindawi.com
        peerj.com elifesciences.org bmj.com thelancet.com nejm.org jamanetwork.com jama.com annals.org cell.com
        karger.com thieme.com thieme-connect.com thieme.de lww.com ovid.com wolterskluwer.com degruyter.com
        brill.com emerald.com emeraldinsight.com iospress.com iospress.nl worldscientific.com aip.org aps.org
        acs.org rsc.org iop.org iopscience.org osapublishing.org optica.org spiedigitallibrary.org spie.org
        siam.org ams.org maa.org projecteuclid.org mathscinet.org zbmath.org emis.de annualreviews.org
        royalsocietypublishing.org royalsociety.org asm.org physiology.org jneurosci.org jbc.org rupress.org
        genetics.org ahajournals.org diabetesjournals.org aacrjournals.org ascopubs.org atsjournals.org
        ajronline.org rsna.org neurology.org aan.com psychiatryonline.org apa.org psycnet.org
        healthaffairs.org mitpress.edu mitpressjournals.org uchicago.edu princeton.edu ucpress.edu
        dukeupress.edu jhu.edu routledge.com crcpress.com bloomsbury.com palgrave.com macmillan.com
        penguin.co.uk penguinrandomhouse.com harpercollins.com simonandschuster.com pearson.com mheducation.com
        cengage.com informit.com oreilly.com manning.com apress.com packtpub.com pragprog.com nostarch.com
        addison-wesley.com igi-global.com intechopen.com scirp.org omicsonline.org dovepress.com
        benthamscience.com eurekaselect.com futuremedicine.com tandf.co.uk liebertpub.com maryannliebert.com
        nrcresearchpress.com cdnsciencepub.com csiro.au egu.eu copernicus.org agu.org ametsoc.org
        geoscienceworld.org bioone.org ingentaconnect.com ingenta.com highwire.org scielo.org scielo.br
        redalyc.org unirioja.es persee.fr cairn.info openedition.org erudit.org jst.go.jp koreascience.or.kr
        koreascience.kr cnki.net wanfangdata.com.cn cyberleninka.ru elibrary.ru doaj.org ojs.org sciendo.com
        versita.com jmir.org jmlr.org jair.org mlr.press neurips.cc nips.cc openreview.net aaai.org ijcai.org
        aclweb.org aclanthology.org usenix.org ceur-ws.org dagstuhl.de lipics.org eptcs.org computer.org
        jstatsoft.org r-project.org bioconductor.org cochrane.org cochranelibrary.com uptodate.com medscape.com
        emedicine.com merckmanuals.com statpearls.com sciencenews.org newscientist.com scientificamerican.com
        americanscientist.org theconversation.com aeon.co
        """,
    ),
    # Health: agencies, patients' organisations, charities.
    (
        20,
        """
        who.int cdc.gov fda.gov nhs.uk nice.org.uk europa.eu hhs.gov medlineplus.gov cancer.gov
        clinicaltrials.gov health.gov healthfinder.gov cms.gov medicare.gov ahrq.gov samhsa.gov va.gov ssa.gov
        ada.gov canada.ca health.gov.au aihw.gov.au tga.gov.au rki.de pei.de bfarm.de bzga.de has-sante.fr
        inserm.fr pasteur.fr santepubliquefrance.fr rivm.nl folkhalsomyndigheten.se fhi.no paho.org
        mayoclinic.org mayoclinic.com clevelandclinic.org hopkinsmedicine.org massgeneral.org webmd.com
        healthline.com drugs.com rxlist.com verywellhealth.com patient.info netdoctor.co.uk medicalnewstoday.com
        everydayhealth.com post-polio.org polioplace.org ventusers.org britishpolio.org.uk
        poliosurvivorsnetwork.org.uk lincolnshirepostpolio.org.uk europeanpolio.eu polioeradication.org
        polionet.org polio.org polioaustralia.org.au postpolio.ch polio.ch polio.dk poliotoday.org
        endpolio.org rotary.org rotary5010.org marchofdimes.org marchofdimes.ca easterseals.com rarediseases.org
        orpha.net eurordis.org globalgenes.org raredisorders.ca gbs-cidp.org gaincharity.org.uk myasthenia.org
        myaware.org mda.org musculardystrophyuk.org treat-nmd.org alsa.org als.org mndassociation.org
        mssociety.org.uk nationalmssociety.org msif.org msfocus.org parkinson.org parkinsons.org.uk
        michaeljfox.org alz.org alzheimers.org.uk alzheimer.ca alz.co.uk epilepsy.com epilepsysociety.org.uk
        stroke.org stroke.org.uk heart.org bhf.org.uk diabetes.org diabetes.org.uk jdrf.org lung.org
        brit-thoracic.org.uk thoracic.org arthritis.org versusarthritis.org rheumatology.org eular.org
        primaryimmune.org ipopi.org kidney.org liver.org liverfoundation.org crohnscolitisfoundation.org
        cancer.org cancer.net cancerresearchuk.org macmillan.org.uk komen.org lls.org nccn.org esmo.org asco.org
        redcross.org icrc.org msf.org doctorswithoutborders.org unicef.org unaids.org gatesfoundation.org
        wellcome.org wellcome.ac.uk kff.org commonwealthfund.org kingsfund.org.uk nuffieldtrust.org.uk
        health.org.uk healthdata.org hematology.org aanem.org efns.org ean.org wfneurology.org archives-pmr.org
        aapmr.org apta.org aota.org asha.org physio-pedia.com rehabmeasures.org sralab.org christopherreeve.org
        spinalcord.org unitedspinal.org facingdisability.com ama-assn.org acponline.org aafp.org aap.org
        acog.org bma.org.uk gmc-uk.org rcplondon.ac.uk rcpsych.ac.uk rcn.org.uk psych.org psychiatry.org
        nami.org mind.org.uk mentalhealth.org.uk autism.org.uk autismspeaks.org ihs.gov vaccine.gov vaccines.gov
        immunize.org vaccineinformation.org historyofvaccines.org gavi.org sabin.org
        """,
    ),
    # Libraries, museums, archives, reference works.
    (
        15,
        """
        loc.gov bl.uk bnf.fr dnb.de d-nb.info nb.no kb.nl kb.se kb.dk nla.gov.au natlib.govt.nz nli.org.il
        archives.gov nationalarchives.gov.uk nypl.org bpl.org hathitrust.org gutenberg.org gutenberg.net
        europeana.eu dp.la openlibrary.org librarything.com goodreads.com abebooks.com biblio.com britannica.com
        merriam-webster.com oed.com oxforddictionaries.com oxforddnb.com oxfordreference.com encyclopedia.com
        dictionary.com stanford.edu utm.edu tufts.edu deutsche-digitale-bibliothek.de digitale-sammlungen.de
        staatsbibliothek-berlin.de bsb-muenchen.de zdb-katalog.de oclc.org ifla.org ala.org cilip.org.uk
        issn.org isbn-international.org metmuseum.org si.edu britishmuseum.org biodiversitylibrary.org ctan.org
        tug.org latex-project.org proquest.com ebsco.com ebscohost.com gale.com galegroup.com lexisnexis.com
        westlaw.com heinonline.org scopus.com webofknowledge.com webofscience.com clarivate.com mendeley.com
        zotero.org citeulike.org bibsonomy.org psu.edu scholarpedia.org repec.org econstor.eu nber.org cepr.org
        iza.org worldbank.org imf.org oecd.org oecd-ilibrary.org un.org unesco.org undp.org ilo.org fao.org
        wto.org wipo.int itu.int umich.edu ukdataservice.ac.uk gesis.org
        """,
    ),
    # Governments, statistics, standards, the press.
    (
        10,
        """
        usa.gov whitehouse.gov congress.gov senate.gov house.gov govinfo.gov gpo.gov federalregister.gov
        regulations.gov justice.gov supremecourt.gov state.gov ed.gov energy.gov osti.gov epa.gov noaa.gov
        nasa.gov usgs.gov nist.gov nsf.gov census.gov bls.gov data.gov weather.gov nps.gov dol.gov dot.gov
        fcc.gov ftc.gov sec.gov irs.gov uspto.gov gov.uk parliament.uk legislation.gov.uk ons.gov.uk ukri.org
        bundestag.de bund.de destatis.de bmbf.de dfg.de gouv.fr legifrance.gouv.fr insee.fr cnrs.fr inria.fr
        admin.ch snf.ch statistik.at belgium.be government.nl cbs.nl regeringen.se scb.se statistics.gr
        istat.it gov.ie cso.ie abs.gov.au australia.gov.au stats.govt.nz nytimes.com washingtonpost.com wsj.com
        latimes.com usatoday.com theguardian.com guardian.co.uk bbc.com bbc.co.uk thetimes.co.uk
        independent.co.uk telegraph.co.uk economist.com ft.com reuters.com apnews.com bloomberg.com
        theatlantic.com newyorker.com time.com newsweek.com npr.org pbs.org cnn.com cbsnews.com nbcnews.com
        go.com foxnews.com politico.com vox.com slate.com wired.com arstechnica.com theverge.com techcrunch.com
        forbes.com spiegel.de zeit.de faz.net sueddeutsche.de welt.de tagesschau.de lemonde.fr lefigaro.fr
        liberation.fr elpais.com corriere.it repubblica.it nrc.nl volkskrant.nl nzz.ch derstandard.at dn.se
        aftenposten.no irishtimes.com theglobeandmail.com thestar.com cbc.ca smh.com.au abc.net.au stuff.co.nz
        nzherald.co.nz japantimes.co.jp scmp.com medium.com substack.com wordpress.com wordpress.org
        blogspot.com blogger.com tumblr.com reddit.com twitter.com x.com facebook.com linkedin.com instagram.com
        vimeo.com flickr.com slideshare.net scribd.com issuu.com ted.com stackoverflow.com stackexchange.com
        mathoverflow.net gitlab.com bitbucket.org sourceforge.net codeberg.org pypi.org python.org
        readthedocs.io readthedocs.org numpy.org scipy.org kaggle.com huggingface.co openai.com microsoft.com
        apple.com amazon.com amazon.co.uk amazon.de ibm.com oracle.com intel.com nvidia.com mozilla.org
        debian.org ubuntu.com redhat.com gnu.org kernel.org apache.org eclipse.org docker.com mathworks.com
        wolfram.com
        """,
    ),
    # Universities and research institutes, with the neighbours that differ by a letter.
    (
        8,
        """
        harvard.edu mit.edu yale.edu columbia.edu cornell.edu upenn.edu brown.edu dartmouth.edu berkeley.edu
        ucla.edu ucsd.edu ucsf.edu uci.edu ucdavis.edu ucsb.edu ucsc.edu ucr.edu caltech.edu usc.edu
        washington.edu wustl.edu wisc.edu msu.edu illinois.edu uiuc.edu northwestern.edu nwu.edu indiana.edu
        purdue.edu osu.edu ohio.edu cmu.edu pitt.edu jhmi.edu umd.edu virginia.edu vt.edu duke.edu unc.edu
        ncsu.edu emory.edu gatech.edu ufl.edu fsu.edu miami.edu utexas.edu tamu.edu rice.edu bcm.edu
        mdanderson.org colorado.edu utah.edu arizona.edu asu.edu oregonstate.edu uoregon.edu umn.edu uiowa.edu
        iastate.edu ku.edu missouri.edu slu.edu vanderbilt.edu bu.edu bc.edu umass.edu nyu.edu cuny.edu
        rochester.edu buffalo.edu stonybrook.edu rutgers.edu rockefeller.edu salk.edu scripps.edu ohsu.edu
        georgetown.edu gwu.edu american.edu fhcrc.org fredhutch.org broadinstitute.org hhmi.org utoronto.ca
        ubc.ca mcgill.ca uwaterloo.ca queensu.ca mcmaster.ca uottawa.ca ualberta.ca ucalgary.ca umontreal.ca
        ulaval.ca uvic.ca sfu.ca dal.ca yorku.ca westernu.ca uwo.ca ox.ac.uk cam.ac.uk ucl.ac.uk imperial.ac.uk
        ic.ac.uk lse.ac.uk kcl.ac.uk qmul.ac.uk ed.ac.uk gla.ac.uk st-andrews.ac.uk abdn.ac.uk dundee.ac.uk
        manchester.ac.uk man.ac.uk leeds.ac.uk sheffield.ac.uk shef.ac.uk york.ac.uk dur.ac.uk durham.ac.uk
        ncl.ac.uk nottingham.ac.uk warwick.ac.uk bham.ac.uk birmingham.ac.uk bristol.ac.uk bath.ac.uk
        exeter.ac.uk soton.ac.uk southampton.ac.uk sussex.ac.uk essex.ac.uk kent.ac.uk cardiff.ac.uk cf.ac.uk
        qub.ac.uk open.ac.uk lshtm.ac.uk liverpool.ac.uk liv.ac.uk tcd.ie ucd.ie ucc.ie nuigalway.ie
        fu-berlin.de tu-berlin.de hu-berlin.de charite.de lmu.de uni-muenchen.de tum.de uni-heidelberg.de
        uni-freiburg.de uni-tuebingen.de uni-stuttgart.de kit.edu uni-karlsruhe.de uni-mannheim.de uni-mainz.de
        uni-frankfurt.de uni-giessen.de uni-marburg.de uni-kassel.de uni-goettingen.de uni-hannover.de
        uni-hamburg.de uni-bremen.de uni-kiel.de uni-rostock.de uni-greifswald.de uni-potsdam.de uni-leipzig.de
        uni-jena.de uni-halle.de tu-dresden.de uni-erlangen.de fau.de uni-wuerzburg.de uni-bayreuth.de
        uni-bamberg.de uni-regensburg.de uni-passau.de uni-augsburg.de uni-ulm.de uni-konstanz.de
        uni-saarland.de uni-sb.de uni-trier.de uni-koblenz.de uni-bonn.de uni-koeln.de uni-duesseldorf.de hhu.de
        uni-due.de uni-essen.de uni-dortmund.de tu-dortmund.de rub.de ruhr-uni-bochum.de uni-muenster.de wwu.de
        uni-bielefeld.de uni-paderborn.de uni-siegen.de uni-wuppertal.de rwth-aachen.de tu-darmstadt.de th-darmstadt.de
        tu-bs.de tu-braunschweig.de tu-clausthal.de tu-chemnitz.de tu-ilmenau.de tu-freiberg.de uni-osnabrueck.de
        uni-oldenburg.de uni-lueneburg.de uni-hildesheim.de fz-juelich.de dkfz.de mpg.de fraunhofer.de
        helmholtz.de gwdg.de embl.de ebi.ac.uk desy.de dlr.de ethz.ch epfl.ch uzh.ch unizh.ch
        unibe.ch unibas.ch unige.ch unil.ch unifr.ch usi.ch unisg.ch cern.ch univie.ac.at tuwien.ac.at tugraz.at
        uni-graz.at uibk.ac.at jku.at meduniwien.ac.at wu.ac.at aau.at sbg.ac.at unige.it unife.it unibo.it
        unipd.it unipi.it unipg.it unipr.it unipv.it unimi.it unimib.it unimo.it unimore.it unina.it unito.it
        unitn.it units.it uniud.it unive.it univr.it univpm.it unibg.it unibs.it unica.it unicam.it unict.it
        unime.it unipa.it uniba.it unisa.it unisi.it unifi.it uniroma1.it uniroma2.it uniroma3.it polimi.it
        polito.it sissa.it sns.it cnr.it infn.it sorbonne-universite.fr upmc.fr univ-paris-diderot.fr u-paris.fr
        parisdescartes.fr u-psud.fr universite-paris-saclay.fr ens.fr ens-lyon.fr polytechnique.fr univ-lyon1.fr
        univ-lille.fr univ-grenoble-alpes.fr univ-amu.fr univ-nantes.fr univ-rennes1.fr u-bordeaux.fr
        univ-tlse3.fr unistra.fr u-strasbg.fr cea.fr ird.fr inrae.fr inra.fr uva.nl vu.nl uu.nl leidenuniv.nl
        universiteitleiden.nl tudelft.nl tue.nl utwente.nl rug.nl ru.nl eur.nl wur.nl tilburguniversity.edu
        maastrichtuniversity.nl cwi.nl kuleuven.be ugent.be uantwerpen.be vub.be ulb.be uclouvain.be
        uliege.be uni.lu ki.se su.se uu.se lu.se gu.se chalmers.se kth.se liu.se umu.se uio.no uib.no ntnu.no
        ntnu.edu ku.dk au.dk sdu.dk dtu.dk aau.dk helsinki.fi aalto.fi oulu.fi utu.fi tuni.fi jyu.fi hi.is ut.ee
        lu.lv vu.lt ub.edu uab.cat uab.es upf.edu upc.edu ucm.es uam.es upm.es us.es ugr.es uv.es upv.es usc.es
        csic.es ulisboa.pt up.pt uc.pt uminho.pt uw.edu.pl uj.edu.pl pw.edu.pl amu.edu.pl cuni.cz cvut.cz
        muni.cz uniba.sk elte.hu bme.hu unibuc.ro uni-lj.si uniri.hr unizg.hr bg.ac.rs auth.gr uoa.gr ntua.gr
        uoc.gr metu.edu.tr boun.edu.tr bilkent.edu.tr msu.ru spbu.ru ras.ru huji.ac.il tau.ac.il technion.ac.il
        weizmann.ac.il bgu.ac.il biu.ac.il haifa.ac.il u-tokyo.ac.jp kyoto-u.ac.jp osaka-u.ac.jp tohoku.ac.jp
        nagoya-u.ac.jp titech.ac.jp keio.ac.jp waseda.ac.jp riken.jp tsinghua.edu.cn pku.edu.cn fudan.edu.cn
        sjtu.edu.cn zju.edu.cn ustc.edu.cn cas.cn hku.hk cuhk.edu.hk ust.hk ntu.edu.tw ntu.edu.sg nus.edu.sg
        snu.ac.kr kaist.ac.kr postech.ac.kr yonsei.ac.kr iisc.ac.in iitb.ac.in iitd.ac.in iitk.ac.in iitm.ac.in
        tifr.res.in anu.edu.au unimelb.edu.au sydney.edu.au usyd.edu.au unsw.edu.au monash.edu monash.edu.au
        uq.edu.au qut.edu.au uwa.edu.au adelaide.edu.au rmit.edu.au mq.edu.au latrobe.edu.au auckland.ac.nz
        otago.ac.nz canterbury.ac.nz massey.ac.nz vuw.ac.nz uct.ac.za wits.ac.za sun.ac.za up.ac.za ukzn.ac.za
        usp.br unicamp.br ufrj.br ufmg.br ufrgs.br unam.mx uchile.cl uba.ar
        """,
    ),
)


def known_domains() -> dict[str, int]:
    """Each registered domain of the table with its weight."""
    return {domain: weight for weight, names in (*PLACES, *reversed(_GROUPS)) for domain in names.split()}


_SUBDOMAINS = """
acs.org pubs
acm.org dl portal doi
aip.org pubs scitation
ametsoc.org journals
apa.org psycnet doi
aps.org journals link prl
archive.org web
ascelibrary.org ascelibrary
asm.org journals
bmj.com bmjopen jnnp
cambridge.org journals
clinicaltrials.gov beta
copernicus.org acp essd gmd bg
elsevier.com linkinghub journals
europa.eu ec eur-lex data ecdc ema efsa
fda.gov accessdata
google.com books scholar docs sites drive patents
handle.net hdl
harvard.edu dash adsabs ui.adsabs nrs
ieee.org ieeexplore standards
iop.org iopscience
jhu.edu muse
loc.gov id catalog lccn
lww.com journals
mit.edu dspace mitpress direct news
nasa.gov ntrs science
nih.gov ncbi pubmed nlm pmc ninds nia niaid nhlbi nichd ods
noaa.gov nhc ncei
oup.com academic global
plos.org journals
psu.edu citeseer citeseerx
r-project.org cran
repec.org ideas econpapers
rsc.org pubs
sagepub.com journals
scholasticahq.com app
sciencemag.org science
siam.org epubs
springer.com link
stanford.edu plato web cs
tandfonline.com api
thelancet.com journals
uchicago.edu journals press
umich.edu quod deepblue icpsr
usgs.gov pubs
who.int apps iris cdn
wiley.com onlinelibrary agupubs doi
wikimedia.org commons upload
wikipedia.org en de fr es it nl pl pt ja ru zh
worldbank.org data documents openknowledge
"""
"""Names before a domain that tell it from its neighbours: pubs.acs.org, and not acm.org."""


def known_subdomains() -> frozenset[tuple[str, str]]:
    """Pairs of a registered domain and a label that stands before it."""
    lines = (line.split() for line in _SUBDOMAINS.strip().splitlines())
    return frozenset((domain, label) for domain, *names in lines for name in names for label in name.split("."))
