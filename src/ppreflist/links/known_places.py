"""More registered domains that reference lists cite: the long tail of universities, societies, journals, agencies.

Made as ``known_domains.py`` says, and kept apart from it for its length; the number is the weight of each group.
"""

from __future__ import annotations

PLACES: tuple[tuple[int, str], ...] = (
    # Publishers, platforms, journals, indexes, preprint servers.
    (
        12,
        """
        aanda.org aappublications.org acpjournals.org acrjournals.org adsabs.org aeaweb.org aei.org agi.org
        aimsciences.org aimspress.com allenpress.com altmetric.com amstat.org anatomypubs.org annfammed.org apsanet.org
        apsnet.org arvojournals.org ascelibrary.org ascpjournals.org ashpublications.org asme.org
        asmedigitalcollection.org aspetjournals.org astm.org atmos-chem-phys.net atypon.com avs.org beck.de
        begellhouse.com benjamins.com bepress.com berghahnbooks.com berghahnjournals.com biologists.org
        birkhauser-science.com birpublications.org bjgp.org bmjopen.com brepols.net brillonline.com cabdirect.org
        cabi.org cabidigitallibrary.org cairn-int.info ceeol.com cellpress.com chestjournal.org chestnet.org cmaj.ca
        cmajopen.ca cogentoa.com cognizantcommunication.com companyofbiologists.com connectsci.au cshlp.org
        cshlpress.com cureus.com currentbiology.org cyberpsychology.eu datadryad.org dataverse.org degruyterbrill.com
        dergipark.org.tr dialnet.es diva-portal.org dlib.org doabooks.org dryad.org dukejournals.org duncker-humblot.de
        e-elgar.com ebrary.com ecologyandsociety.org editorialmanager.com edp-open.org edpsciences.org elgaronline.com
        endocrine.org endocrinepress.org eneuro.org ersjournals.com ersnet.org esajournals.org escholarship.org
        eurosurveillance.org f1000.com f1000research.com faseb.org fasebj.org fieldmuseum.org future-science.com
        gastrojournal.org genome.org genomebiology.com geology.com ghspjournal.org glossa-journal.org growkudos.com
        guilford.com haematologica.org hcommons.org healio.com heldermann.de hogrefe.com humanities-commons.org
        humankinetics.com hydrol-earth-syst-sci.net hypotheses.org iacr.org iasp-pain.org icevirtuallibrary.com ictp.it
        ieeecomputersociety.org ieice.org iforest.org impactjournals.com imstat.org inderscience.com
        inderscienceonline.com indianjournals.com informahealthcare.com informapharmascience.com informs.org
        insight-journal.org int-res.com intellectbooks.com intlpress.com isca-speech.org iscb.org iucn.org iucr.org
        iwaponline.com jacc.org jacionline.org japha.org jbjs.com jbjs.org jci.org jlr.org jmcp.org jnccn.org
        jneurosci.com jospt.org journalofdairyscience.org journals4free.com jpeds.com jpsmjournal.com jrheum.org
        kisti.re.kr koreamed.org landesbioscience.com learntechlib.org lens.org liverpooluniversitypress.co.uk
        lrec-conf.org lyellcollection.org magonlinelibrary.com manuscriptcentral.com mathjax.org mathnet.ru
        mattioli1885.com mattioli1885journals.com medknow.com medwave.cl metapress.com microbiologyresearch.org
        minervamedica.it mja.com.au mohrsiebeck.com molbiolcell.org mrs.org msp.org multilingual-matters.com
        myscience.org naturalhistory.org nbn-resolving.de nbn-resolving.org ncsl.org neurologyindia.com
        nomos-elibrary.de nomos.de nowpublishers.com nsta.org nutrition.org oapen.org oatext.com oncotarget.com
        openaccess.nl openaire.eu openbookpublishers.com opencitations.net opendoar.org openhumanitiespress.org
        openjournals.org ovidsp.com oxfordartonline.com oxfordbibliographies.com oxfordhandbooks.com
        oxfordmusiconline.com oxfordscholarship.com palgrave-journals.com palgraveconnect.com paperpile.com
        paperswithcode.com peeref.com pensoft.net pharmrev.org philarchive.org philosophyofscience.org philpapers.org
        phys.org physicstoday.org physicsworld.com plantcell.org plantphysiol.org plosbiology.org ploscompbiol.org
        plosgenetics.org plosmedicine.org plosntds.org pnasnexus.org polity.co.uk portlandpress.com preprints.org
        prisma-statement.org psyarxiv.com psychologicalscience.org psychologytoday.com psychopen.eu publons.com
        pubpeer.com pubpub.org quantum-journal.org radiologyinfo.org radiopaedia.org rand.org re3data.org readcube.com
        researcherid.com researchsquare.com retractiondatabase.org retractionwatch.com revues.org rsmjournals.com
        rti.org scholarlykitchen.org schweizerbart.de scichina.com sciencealert.com sciencedaily.com scienceopen.com
        scimagojr.com scipost.org scitation.org scitepress.org seg.org sherpa.ac.uk shs-conferences.org slack.com
        slackinc.com socarxiv.org spandidos-publications.com springerlink.com springerplus.com springerpub.com
        sspnet.org stke.org stmjournals.com symmetrymagazine.org taylorandfrancis.com techrxiv.org termedia.pl
        the-cryosphere.net theannals.com theiet.org thejns.org thejournalofheadacheandpain.com theoj.org
        trialsjournal.com ubiquitypress.com uclpress.co.uk ucpress.org universitypressscholarship.com uwpress.org
        vandenhoeck-ruprecht-verlage.com versobooks.com wageningenacademic.com wageningenur.nl waset.org wbur.org
        whiterose.ac.uk wiley-vch.de wit.press witpress.com wjgnet.com yalebooks.com zoobank.org
        """,
    ),
    # Health: agencies, societies of physicians, hospitals, charities.
    (
        10,
        """
        1177.se aaaai.org aacap.org aace.com aad.org aafa.org aaos.org aarp.org aasld.org aasm.org abta.org acaai.org
        acc.org acr.org acsm.org adaa.org addictioncenter.com aemps.gob.es aerzteblatt.de aerztezeitung.de
        afm-telethon.fr afsp.org agingcare.com aha.org ahcancal.org aidsinfo.net aidsmap.com aifa.gov.it
        alcoholics-anonymous.org alphanet.org alzforum.org alzheimer-europe.org alzheimers.gov ameli.fr
        amputee-coalition.org anvisa.gov.br anxietycanada.com aoa.org apha.org aphasia.org apic.org arsep.org
        arthritis.ca arthritis.org.au asam.org asbmr.org ascp.org ashp.org asn-online.org asrm.org assh.org
        asthma.org.uk astro.org auanet.org autism-society.org awmf.org barmer.de bcan.org bgs.org.uk biausa.org
        blf.org.uk bloodcancer.org.uk bonehealthandosteoporosis.org bpac.nz bpac.org.nz brainfoundation.org.au
        braintrauma.org breastcancer.org bupa.co.uk cadth.ca cancer.ca cancer.dk cancer.fi cancer.org.au cancercare.org
        caregiver.org carersuk.org cda-amc.ca cdcfoundation.org celiac.org cerebralpalsy.org.au cff.ca cff.org
        chadd.org childrenshospital.org chinacdc.cn choosingwisely.org chop.edu cihi.ca cihr-irsc.gc.ca
        clinicaltrialsregister.eu cochlear.org cochrane.de cochrane.fr cochrane.org.au cps.ca csp.org.uk
        cureparkinsons.org.uk curesma.org cysticfibrosis.org.uk dana.org dementia.org.au dementiauk.org dgm.org dgn.org
        dgs.pt dguv.de diabetes.ca diabetesatlas.org diabetesaustralia.com.au dmsg.de duodecimlehti.fi dzne.de
        e-cancer.fr eacpt.org efa.eu emedicinehealth.com endocrineweb.com endometriosis.org epi.org epilepsy.org.uk
        epilepsyfoundation.org ers-education.org escardio.org esicm.org espen.org eupati.eu facs.org familydoctor.org
        fightcancer.org fiocruz.br fip.org fragilex.org friedreichsataxia.org g-ba.de gastro.org geneticalliance.org
        geneticalliance.org.uk genome.gov gesundheitsinformation.de ginasthma.org goldcopd.org guiasalud.es
        guideline.gov guidelinecentral.com gutscharity.org.uk hartstichting.nl has-sante.com hc-sc.gc.ca headway.org.uk
        health.gov.za health.govt.nz healthcare.gov healthdirect.gov.au healthychildren.org healthypeople.gov
        hearingloss.org heartandstroke.ca heartfoundation.org.au helsedirektoratet.no helsenorge.no hemophilia.org
        hfsa.org hiv.gov hl7.org hpcsa.co.za hqip.org.uk hra.nhs.uk hscic.gov.uk hse.gov.uk hse.ie iaea.org iapb.org
        icmje.org icmr.gov.in icsi.org idf.org idsa.org idsociety.org ihi.org immunodeficiency.ca immunology.org
        inca.fr inca.gov.br inesss.qc.ca infarmed.pt inspq.qc.ca iom.edu ipos.org iqwig.de isaps.org isctm.org
        isrctn.com iss.it isth.org jointcommission.org jpma.or.jp kaiserpermanente.org kaypahoito.fi kbv.de kce.be
        kdca.go.kr kidneyfund.org kidneyuk.org kp.org krebsgesellschaft.de krebsinformationsdienst.de kwf.nl
        lakartidningen.se landlaeknir.is legeforeningen.no leukaemia.org.au lupus.org lupusuk.org.uk lymphoma.org
        marfan.org mariecurie.org.uk mayo.edu mda.org.au mdcalc.com mdedge.com medicaid.gov medicalert.org
        medicinenet.com medindia.net medsafe.govt.nz meningitis.org menshealthforum.org.uk mhlw.go.jp mhra.gov.uk
        migraine.com migrainetrust.org minsalud.gov.co mitoaction.org moh.gov.il moh.gov.my moh.gov.sg mohfw.gov.in
        msaustralia.org.au mscbs.gob.es mskcc.org mssociety.ca mymsaa.org nadf.us nap.edu narcolepsynetwork.org nasm.us
        nasponline.org nationalacademies.org nationaleczema.org nchpad.org ncoa.org neuro.org nhg.org nhp.gov.in
        nih.go.jp nihr.ac.uk nof.org novartis.com nps.org.au nrf.ac.za nsc.org ntvg.nl nutrition.gov nutrition.org.uk
        obesity.org ohdsi.org oncolink.org openehr.org openmrs.org orthoinfo.org osteoporosis.ca
        osteoporosis.foundation ovariancancer.org painaustralia.org.au painuk.org parkinson.ca parkinsonsnsw.org.au
        patientslikeme.com pcori.org pcrm.org pfizer.com phac-aspc.gc.ca pharmacist.com pharmgkb.org phe.gov phri.ca
        physiotherapy.asn.au plannedparenthood.org pmda.go.jp polio-initiative.de polio-selbsthilfe.net polio.ca
        polio.no polio.org.nz polioforeningen.dk poliohealth.org.au polionsw.org.au polioquebec.org
        poliovictoria.org.au post-polio.org.uk postpolionetwork.org.au postpoliosyndrome.org ppsupport.org.nz
        prescrire.org prostatecanceruk.org psoriasis.org publications.gc.ca publichealthontario.ca
        publichealthscotland.scot quitnow.ca racgp.org.au racp.edu.au ranzcp.org rcgp.org.uk rcog.org.uk rcpch.ac.uk
        rcpe.ac.uk rcseng.ac.uk richtlijnendatabase.nl rls.org rnib.org.uk rpharms.com rsm.ac.uk sae.org salud.gob.mx
        salute.gov.it samaritans.org samj.org.za samrc.ac.za sane.org saude.gov.br savethechildren.org scie.org.uk
        sciensano.be scleroderma.org scope.org.uk sefh.es shriners.org shrinershospitals.org sign.ac.uk sjogrens.org
        skincancer.org sleepfoundation.org socialstyrelsen.se spierziekten.nl spinabifidaassociation.org
        spondylitis.org sportengland.org sst.dk statcan.gc.ca stjude.org strokefoundation.org.au sts.org sundhed.dk
        terveyskirjasto.fi themmrf.org thl.fi thuisarts.nl thyroid.org tidsskriftet.no tourette.org tripdatabase.com
        tuberculosis.org tufh.org uchicagomedicine.org ugeskriftet.dk uhn.ca uicc.org usp.org
        uspreventiveservicestaskforce.org vardguiden.se vidal.fr wada-ama.org wcrf.org wfh.org wma.net womenshealth.gov
        world-stroke.org worldheart.org worldobesity.org wpanet.org yourhormones.info zerotothree.org
        zorginstituutnederland.nl
        """,
    ),
    # Libraries, museums, societies, foundations, laboratories, reference works, software.
    (
        8,
        """
        1000genomes.org aaanet.org aaas.org aacu.org aaup.org aauw.org abes.fr academie-francaise.fr aclib.us acls.org
        aclu.org acrl.org addgene.org aei.gob.es aera.net aia.org aiaa.org aiche.org aka.fi ama.org amacad.org
        amnesty.org amnh.org amphilsoc.org ancestry.com anl.gov anr.fr aom.org apastyle.org aps.edu.pl arabidopsis.org
        arc.gov.au archaeological.org archiveshub.ac.uk archivesportaleurope.net arl.org artic.edu arts.gov artstor.org
        asanet.org asce.org asee.org asis.org asist.org aspeninstitute.org atcc.org atlas.cern audubon.org
        austlii.edu.au austlit.edu.au bac-lac.gc.ca banq.qc.ca bbaw.de benchling.com bertelsmann-stiftung.de
        biblegateway.com bibliography.com bibliotecanacional.gov.co bibliotheksverband.de bibtex.org bluebook.com
        bnl.gov booklistonline.com bosch-stiftung.de bostonreview.net brookings.edu bts.gov canadiana.ca carnegie.org
        carnegieendowment.org catalogueoflife.org cato.org ceda.ac.uk cellosaurus.org cfr.org cgal.org chathamhouse.org
        cheminf.org chemspider.com chicagomanualofstyle.org christies.com citationstyles.org citethisforme.com
        clarku.edu clir.org cni.org cnrtl.fr coalition-s.org codata.org coe.int cogprints.org collectionscanada.gc.ca
        collegeboard.org computerhistory.org computerworld.com cos.io coursera.org cpan.org creativecommons.org
        crick.ac.uk crisisgroup.org crossmark.org csis.org cssn.cn culanth.org dataone.org dbpedia.org ddb.de
        delpher.nl deutschestextarchiv.de dff.dk dfki.de digitalhumanities.org digizeitschriften.de dini.de diw.de
        dtic.mil duden.de duraspace.org dwd.de dwds.de easybib.com ebird.org ecma-international.org ecmwf.int edx.org
        efnil.org eia.gov elastic.co electrochem.org encodeproject.org encyclopediaofmath.org ensembl.org eol.org
        esa.int ethnologue.com ets.org etsi.org eumetsat.int expasy.org familysearch.org fandom.com fct.pt
        federalreserve.gov findagrave.com findlaw.com fishbase.org flybase.org fnal.gov fnr.lu fnrs.be folger.edu
        force11.org fordfoundation.org forschungsdaten.org forskningsradet.no forte.se freebsd.org frick.org fsf.org
        futurelearn.com fwf.ac.at fwo.be gacr.cz gallup.com gapminder.org gbif.org gbv.de genecards.org
        geneontology.org genome.jp geolsoc.org.uk geonames.org getty.edu github.io globalchange.gov glottolog.org
        go.dev golang.org gouv.qc.ca gov.bc.ca gov.on.ca gtexportal.org guggenheim.org h-net.org handschriftenportal.de
        haskell.org heritage.org historians.org hoover.org hrw.org hudson.org humancellatlas.org huntington.org
        hypothes.is iab.de iau.org iccrom.org icom.museum icomos.org iea.org iec.ch ieee-ras.org ifo.de iiif.io
        iiss.org ilab.org imagej.net imdb.com imls.gov inaturalist.org infopedia.pt infoplease.com insidehighered.com
        institut-de-france.fr internationalgenome.org ipbes.net ipcc.ch ipni.org ipsos.com ipums.org irena.org irex.org
        isf.org.il isi.edu isni.org issuelab.org ist.ac.at itis.gov itk.org iubs.org iucnredlist.org iupac.org
        iupap.org iwm.org.uk jabref.org jax.org jetbrains.com jisc.ac.uk jsps.go.jp jst.jp julialang.org jupyter.org
        justia.com kadk.dk kalliope-verbund.info kansalliskirjasto.fi kegg.jp keras.io kew.org khanacademy.org
        kirkusreviews.com knmi.nl kubernetes.io lanl.gov lareviewofbooks.org larousse.fr latex.org lawsociety.org.uk
        lbl.gov libereurope.eu liberquarterly.eu libraryjournal.com lingbuzz.net linguisticsociety.org lip6.fr lll.org
        llnl.gov louvre.fr lrb.co.uk macfound.org manuscripta-mediaevalia.de marinespecies.org marsden.org.nz
        matplotlib.org mediawiki.org metoffice.gov.uk minitab.com miur.it mla.org mobot.org moma.org mongodb.com
        morganlibrary.org motherjones.com mpg.eu mpi.nl mur.gov.it mysql.com nagb.gov nao.ac.jp nasonline.org
        natgeo.com nationalgallery.org.uk nationalgeographic.com nautil.us ncn.gov.pl ndltd.org neh.gov netl.gov
        newberry.org newrepublic.com nhm.ac.uk nhmrc.gov.au nii.ac.jp nist.org nobelprize.org nodejs.org npmjs.com
        nrc-cnrc.gc.ca nrel.gov nrf.gov.sg nsf.org nsfc.gov.cn nsidc.org nstl.gov.cn nuffieldfoundation.org nwo.nl
        nybg.org nybooks.com oeaw.ac.at omim.org opec.org openbsd.org opengeospatial.org openicpsr.org openlibhums.org
        opensource.org openstreetmap.org orkg.org ornl.gov orphadata.org osgeo.org otka.hu ourworldindata.org oxfam.org
        packhum.org pandoc.org pangaea.de perl.org perldoc.org pewinternet.org pewresearch.org pewtrusts.org php.net
        pnnl.gov poetryfoundation.org poets.org postgresql.org povertyactionlab.org prabook.com priberam.org
        projectgutenberg.org propublica.org proteinatlas.org protocols.io publishersweekly.com pytorch.org
        quantamagazine.org quora.com rae.es raeng.org.uk rcn.no rcsb.org rd-alliance.org reactome.org rijksmuseum.nl
        rism.info rockefellerfoundation.org royalsoc.ac.uk ruby-lang.org rust-lang.org sacred-texts.com sandia.gov
        sanger.ac.uk sas.com sbn.it scala-lang.org schema.org sciencemuseum.org.uk scikit-learn.org
        simonsfoundation.org slicer.org slj.com sloan.org smithsonianmag.com soas.ac.uk sothebys.com spencer.org
        sqlite.org sri.com srs.gov stata.com statista.com stifterverband.org stlouisfed.org string-db.org swift.org
        swissuniversities.ch swp-berlin.org tate.org.uk templeton.org tensorflow.org the-tls.co.uk
        thebritishacademy.ac.uk theintercept.com thenation.com theses.fr thoughtco.com tib.eu transparency.org
        treccani.it tropicos.org tubitak.gov.tr typescriptlang.org udacity.com ukbiobank.ac.uk unep.org unfccc.int
        unglue.it unicode.org uniprot.org urban.org vam.ac.uk vatican.va viaf.org vice.com vlib.org vocabulary.com
        volkswagenstiftung.de vr.se wals.info wdl.org wellcomecollection.org whoi.edu wiki.gg wikibooks.org wikihow.com
        wikiquote.org wikisource.org wiktionary.org wmo.int worldenergy.org worldhistory.org worldwildlife.org
        wormbase.org wri.org wwf.org wwpdb.org wzb.eu yeastgenome.org youtu.be zew.de
        """,
    ),
    # Universities.
    (
        6,
        """
        aber.ac.uk abertay.ac.uk abo.fi acadiau.ca acu.edu.au adelphi.edu aegean.gr agh.edu.pl agroparistech.fr
        aiims.edu aist.go.jp akbild.ac.at alaska.edu albany.edu alexu.edu.eg amc.nl amherst.edu amsterdamumc.nl
        ankara.edu.tr annauniv.edu aphp.fr appstate.edu ariel.ac.il assas-universite.fr astar.edu.sg aston.ac.uk
        astron.nl ateneo.edu athabascau.ca auburn.edu aucegypt.edu aueb.gr aut.ac.nz avcr.cz awi.de b-tu.de bangor.ac.uk
        bard.edu barnard.edu bas.ac.uk bas.bg bates.edu baylor.edu bbk.ac.uk bcu.ac.uk belmont.edu beloit.edu belspo.be
        berea.edu bfh.ch bgs.ac.uk bgsu.edu bht-berlin.de bhu.ac.in bi.no bifrost.is binghamton.edu bit.edu.cn
        bits-pilani.ac.in bmstu.ru bnu.edu.cn boisestate.edu boku.ac.at bond.edu.au bowdoin.edu bradley.edu brandeis.edu
        brgm.fr brighton.ac.uk brocku.ca brookes.ac.uk brunel.ac.uk brynmawr.edu bsc.es bsu.by bsu.edu bth.se
        buaa.edu.cn buap.mx bucknell.edu buet.ac.bd bupt.edu.cn butler.edu byu.edu calpoly.edu caluniv.ac.in calvin.edu
        canberra.edu.au capes.gov.br carleton.ca carleton.edu cas.cz case.edu cau.ac.kr cau.edu.cn cbpf.br cbs.dk
        cdu.edu.au ceh.ac.uk centralesupelec.fr ceu.edu ceu.es chapman.edu charlotte.edu chiba-u.ac.jp chula.ac.th
        chuo-u.ac.jp chuv.ch cinvestav.mx cirad.fr city.ac.uk cityu.edu.hk clark.edu clemson.edu cmb.ac.lk cmc.edu
        cmi.ac.in cmich.edu cmu.ac.th cnes.fr cnpq.br cofc.edu colby.edu colgate.edu college-de-france.fr colmex.mx
        coloradocollege.edu colostate.edu comillas.edu conacyt.mx concordia.ca conicet.gov.ar conncoll.edu
        constructor.university coventry.ac.uk cqu.edu.au cqu.edu.cn cranfield.ac.uk creighton.edu crg.eu csir.co.za
        csir.res.in csu.edu.au csu.edu.cn csulb.edu csun.edu csus.edu cu.edu.eg cua.edu curie.fr curtin.edu.au cut.ac.cy
        cwru.edu cyu.fr dauphine.fr davidson.edu dcu.ie deakin.edu.au deltares.nl demokritos.gr denison.edu depaul.edu
        depauw.edu derby.ac.uk deu.edu.tr dgist.ac.kr dickinson.edu dlsu.edu.ph dlut.edu.cn dmu.ac.uk donau-uni.ac.at
        doshisha.ac.jp drake.edu drew.edu drexel.edu du.ac.bd du.ac.in du.edu du.se duq.edu duth.gr eawag.ch ebs.edu
        ecnu.edu.cn ecu.edu ecu.edu.au eduhk.hk ege.edu.tr ehess.fr ehu.es ehu.eus einsteinmed.edu elon.edu em-lyon.com
        emich.edu empa.ch emu.ee enac.fr enea.it enpc.fr ensta.fr ephe.fr erasmusmc.nl esade.edu esmt.org espci.fr
        essec.edu etsmtl.ca eui.eu eurac.edu europa-uni.de ewha.ac.kr fairfield.edu fapesp.br fau.edu fbk.eu
        federation.edu.au fernuni-hagen.de ffzg.hr fgv.br fh-aachen.de fh-joanneum.at fh-muenster.de fhnw.ch fhs.se
        fiu.edu flinders.edu.au fontys.nl fordham.edu forth.gr frankfurt-school.de fresnostate.edu fullerton.edu
        furman.edu gallaudet.edu gazi.edu.tr gcu.ac.uk geomar.de georgiasouthern.edu gettysburg.edu geus.dk
        gfz-potsdam.de gfz.de gih.se gist.ac.kr gmu.edu gns.cri.nz gold.ac.uk gonzaga.edu goucher.edu greenwich.ac.uk
        grenoble-inp.fr griffith.edu.au grinnell.edu gsi.de gssi.it gsu.edu gvsu.edu h-da.de hacettepe.edu.tr
        hamilton.edu hampshire.edu hanken.fi hanyang.ac.kr haverford.edu haw-hamburg.de hawaii.edu hb.se hcu-hamburg.de
        hec.ca hec.edu helmholtz-berlin.de hereon.de hertie-school.org herts.ac.uk hes-so.ch hft-stuttgart.de hh.se
        hig.se hiroshima-u.ac.jp his.se hit-u.ac.jp hit.edu.cn hj.se hkbu.edu.hk hkr.se hkust-gz.edu.cn hm.edu hmc.edu
        hnu.edu.cn hofstra.edu hokudai.ac.jp hollins.edu holycross.edu hope.edu hosei.ac.jp howard.edu hs-bremen.de
        hs-karlsruhe.de hs-rm.de hse.ru hslu.ch hsr.it hsrc.ac.za hsu-hh.de htw-berlin.de hu.nl hud.ac.uk hug.ch
        hull.ac.uk humanitas.it humboldt.edu hus.fi hust.edu.cn hust.edu.vn hva.nl hvl.no hw.ac.uk hwr-berlin.de hzdr.de
        i-med.ac.at ibge.gov.br icr.ac.uk ids-mannheim.de ie.edu iese.edu ifpan.edu.pl ifpenergiesnouvelles.fr
        ifremer.fr ihep.ac.cn iiserpune.ac.in iisertirupati.ac.in iit.edu iit.it iitg.ac.in iith.ac.in iitkgp.ac.in
        iitr.ac.in ijs.si ilstu.edu imec.be impa.br impan.pl imsc.res.in imtlucca.it inaf.it inalco.fr inesctec.pt
        ingv.it inn.no inpe.br inrs.ca insa-lyon.fr insa-toulouse.fr insead.edu insel.ch institutpasteur.fr ipb.ac.id
        ipb.pt ipn.mx irb.hr irbbarcelona.org irsn.fr isae-supaero.fr isct.ac.jp iscte-iul.pt isical.ac.in
        isprambiente.gov.it istanbul.edu.tr isu.edu itam.mx itb.ac.id itesm.mx itmo.ru itp.ac.cn itu.dk itu.edu.tr
        iucaa.in iulm.it iupui.edu iut.ac.ir jacobs-university.de jaist.ac.jp javeriana.edu.co jaxa.jp jcu.cz jcu.edu.au
        jefferson.edu jic.ac.uk jinr.ru jlu.edu.cn jmu.edu jncasr.ac.in jnu.ac.in jnu.ac.kr ju.se k-state.edu
        kanazawa-u.ac.jp kau.edu.sa kau.se kaust.edu.sa keele.ac.uk keene.edu kek.jp kent.edu kenyon.edu kfk.de
        kfupm.edu.sa khu.ac.kr kingston.ac.uk kist.re.kr knaw.nl knu.ac.kr knu.ua knust.edu.gh kobe-u.ac.jp konstfack.se
        korea.ac.kr kpfu.ru kpi.ua ksu.edu.sa ktu.lt ku.ac.ae ku.ac.ke ku.ac.th ku.de ku.edu.tr kul.pl kumamoto-u.ac.jp
        kyushu-u.ac.jp kzoo.edu lafayette.edu lakeheadu.ca lancaster.ac.uk lancs.ac.uk landcareresearch.co.nz latech.edu
        laurentian.ca lawrence.edu lboro.ac.uk lclark.edu le.ac.uk leedsbeckett.ac.uk lehigh.edu leibniz-gemeinschaft.de
        leibniz-psychology.org leicester.ac.uk leuphana.de liberty.edu lincoln.ac.nz lincoln.ac.uk ljmu.ac.uk lmu.edu
        ln.edu.hk lncc.br lnu.edu.ua lnu.se louisville.edu loyno.edu loyola.edu lsmuni.lt lsu.edu ltu.se luc.edu
        luiss.it luke.fi lumc.nl lums.edu.pk lut.fi lzu.edu.cn macalester.edu mahidol.ac.th makerere.ac.ug
        marmara.edu.tr marquette.edu marshall.edu mau.se mcw.edu mdc-berlin.de mdh.se mdu.se mdx.ac.uk medunigraz.at
        meiji.ac.jp memphis.edu mendelu.cz mephi.ru mercer.edu met.no mfn.berlin mh-hannover.de mhh.de miamioh.edu
        middlebury.edu mines-paristech.fr mines.edu mipt.ru missouristate.edu miun.se mmu.ac.uk mnhn.fr montana.edu
        montclair.edu morehouse.edu mountsinai.org mrc.ac.uk mssm.edu msstate.edu mst.edu mta.ca mta.hu mtholyoke.edu
        mtsu.edu mtu.edu mu.ie mumc.nl mun.ca murdoch.edu.au musc.edu naist.jp nankai.edu.cn napier.ac.uk nas.gov.ua
        naturalis.nl nau.edu ncbs.res.in ncku.edu.tw nctu.edu.tw ncu.edu.tw nd.edu nd.edu.au ndl.go.jp ndsu.edu
        neu.edu.cn newcastle.edu.au ngi.no nhh.no ni.ac.rs nict.go.jp nifu.no niigata-u.ac.jp nikhef.nl nims.go.jp
        nioz.nl niu.edu niva.no niwa.co.nz njit.edu nju.edu.cn nki.nl nlc.cn nlr.ru nmbu.no nmsu.edu nmt.edu noc.ac.uk
        nord.no northeastern.edu northumbria.ac.uk norwich.edu nova.edu novasbe.pt nps.edu nsu.ru nsysu.edu.tw
        nthu.edu.tw ntnu.edu.tw ntu.ac.uk nuim.ie nupi.no nust.edu.pk nwu.ac.za nycu.edu.tw oakland.edu
        oberlin.edu obspm.fr ocha.ac.jp odu.edu ogs.it oist.jp okayama-u.ac.jp okstate.edu olemiss.edu onera.fr
        ontariotechu.ca openu.ac.il oru.se oslomet.no osu.cz ou.edu ou.nl ovgu.de oxy.edu pace.edu pan.pl panteion.gr
        pantheonsorbonne.fr parisnanterre.fr pdn.ac.lk pdx.edu pepperdine.edu pg.edu.pl phoenix.edu phzh.ch
        pik-potsdam.de pk.edu.pl plus.ac.at plymouth.ac.uk plymouth.edu pml.ac.uk polsl.pl polymtl.ca polyu.edu.hk
        pomona.edu port.ac.uk prio.org providence.edu psi.ch psl.eu pte.hu puc-rio.br puc.cl pucp.edu.pe pucrs.br
        pusan.ac.kr pwr.edu.pl qau.edu.pk radboudumc.nl rcsi.ie rdg.ac.uk reading.ac.uk reed.edu regionh.dk rgu.ac.uk
        rhodes.edu rhul.ac.uk richmond.edu rieti.go.jp rigshospitalet.dk rikkyo.ac.jp risd.edu rit.edu ritsumei.ac.jp
        roehampton.ac.uk rollins.edu rothamsted.ac.uk rowan.edu rpi.edu rptu.de rri.res.in rsl.ru rsu.lv rtu.lv ru.ac.za
        ru.is ruc.dk ruc.edu.cn runi.ac.il rush.edu ryerson.ca sabanciuniv.edu salford.ac.uk sanraffaele.org
        santannapisa.it sanu.ac.rs sarahlawrence.edu sas.ac.uk sav.sk saxion.nl sbu.ac.ir sc.edu sciences-po.fr
        sciencespo.fr scrippscollege.edu scu.edu scu.edu.au scu.edu.cn scut.edu.cn sdstate.edu sdsu.edu sdu.edu.cn
        seattleu.edu semmelweis.hu senckenberg.de seu.edu.cn sewanee.edu sfsu.edu sggw.edu.pl sgul.ac.uk sh.se
        sharif.edu shinshu-u.ac.jp shsu.edu shu.ac.uk shu.edu sib.swiss simmons.edu simula.no sinica.edu.tw sintef.no
        siu.edu sjsu.edu skidmore.edu skku.edu slu.se smith.edu smu.edu smu.edu.sg snhu.edu sogang.ac.kr sophia.ac.jp
        sorbonne-nouvelle.fr sorbonne.fr southalabama.edu southwales.ac.uk spelman.edu spu.edu sron.nl ssi.dk sssup.it
        stetson.edu stevens.edu stfc.ac.uk stfx.ca stir.ac.uk stolaf.edu strath.ac.uk stthomas.edu stuba.sk suffolk.edu
        sunderland.ac.uk supaero.fr supsi.ch surrey.ac.uk sustech.edu.cn sutd.edu.sg swan.ac.uk swansea.ac.uk
        swarthmore.edu swinburne.edu.au syr.edu syracuse.edu sysu.edu.cn taltech.ee tcnj.edu tcu.edu tec.mx tees.ac.uk
        telecom-paris.fr telecom-paristech.fr temple.edu th-koeln.de tju.edu.cn tlu.ee tmd.ac.jp tno.nl tongji.edu.cn
        torontomu.ca towson.edu trentu.ca trincoll.edu trinity.edu truman.edu tsu.ru tsukuba.ac.jp ttu.edu ttu.ee
        tu-sofia.bg tuat.ac.jp tuc.gr tudublin.ie tuhh.de tuk.de tuke.sk tul.cz tulane.edu tums.ac.ir tus.ac.jp
        txstate.edu u-bordeaux-montaigne.fr u-bourgogne.fr u-paris10.fr u-pec.fr u-picardie.fr u-szeged.hu ua.edu ua.es
        ua.pt uab.edu uab.pt uac.pt uach.cl uaeu.ac.ae uaf.edu uah.edu uah.es uaic.ro uakron.edu ual.es ualg.pt uam.mx
        uams.edu uark.edu ub.es ubbcluj.ro ubi.pt ubu.es uc.cl uc.edu uc3m.es uca.es uca.fr ucam.edu ucas.ac.cn ucf.edu
        uclm.es uco.es uconn.edu ucp.pt ucv.ve ucy.ac.cy udayton.edu udc.es udea.edu.co udec.cl udel.edu udg.edu udg.mx
        udl.cat udsm.ac.tz uea.ac.uk uec.ac.jp uef.fi uel.ac.uk uerj.br uestc.edu.cn uevora.pt ufba.br ufc.br uff.br
        ufg.br ufpa.br ufpe.br ufpr.br ufrn.br ufs.ac.za ufsc.br ufscar.br ufz.de ug.edu.gh ug.edu.pl uga.edu ugm.ac.id
        uh.cu uh.edu uha.fr uhasselt.be uhi.ac.uk uhu.es ui.ac.id ui.edu.ng uia.no uib.cat uib.es uic.edu uic.es
        uidaho.edu uis.no uit.no uj.ac.za ujaen.es uji.es ujk.edu.pl ukbonn.de uke.de ukm.my uksh.de ukw.de uky.edu
        ul.ie ulapland.fi uleth.ca ull.es ulm.edu ulpgc.es ulster.ac.uk um.ac.ir um.edu.my um.es um.si um6p.ma uma.es
        uma.pt umaine.edu umanitoba.ca umaryland.edu umassmed.edu umb.sk umbc.edu umcs.pl umcutrecht.nl umh.es
        umist.ac.uk umk.pl umkc.edu umons.be umontpellier.fr umsl.edu umt.edu unair.ac.id unal.edu.co unamur.be unav.edu
        unavarra.es unb.br unb.ca unbc.ca unc.edu.ar uncc.edu uncg.edu uncuyo.edu.ar und.edu une.edu.au uned.es unesp.br
        unex.es unf.edu unh.edu uni-corvinus.hu uni-eichstaett.de uni-erfurt.de uni-flensburg.de uni-hohenheim.de
        uni-kl.de uni-klu.ac.at uni-linz.ac.at uni-luebeck.de uni-magdeburg.de uni-salzburg.at uni-sofia.bg
        uni-vechta.de uni-weimar.de uni.edu uniandes.edu.co uniarts.fi unibas.it unibocconi.it unibw-muenchen.de
        unibw.de unibz.it unicaen.fr unical.it unican.es unicas.it unicatt.it unice.fr unich.it unicz.it unideb.hu
        unifesp.br uniklinik-freiburg.de uniklinikum-dresden.de unilag.edu.ng unileoben.ac.at
        unileon.es unilim.fr unilu.ch unimc.it unimol.it unine.ch uninsubria.it uniovi.es uniparthenope.it unipv.eu
        unirc.it unisa.ac.za unisa.edu.au unisalento.it unisannio.it unisr.it uniss.it unist.ac.kr unist.hr unite.it
        unitus.it uniupo.it uniurb.it univ-angers.fr univ-artois.fr univ-avignon.fr univ-brest.fr univ-cotedazur.fr
        univ-eiffel.fr univ-evry.fr univ-fcomte.fr univ-lehavre.fr univ-lemans.fr univ-lorraine.fr univ-lyon2.fr
        univ-lyon3.fr univ-mlv.fr univ-montp3.fr univ-orleans.fr univ-paris1.fr univ-paris13.fr univ-paris3.fr
        univ-paris8.fr univ-pau.fr univ-perp.fr univ-poitiers.fr univ-reims.fr univ-rennes.fr univ-rennes2.fr
        univ-reunion.fr univ-rouen.fr univ-smb.fr univ-st-etienne.fr univ-tln.fr univ-tlse2.fr univ-toulouse.fr
        univ-tours.fr univ-ubs.fr univalle.edu.co univaq.it universityofgalway.ie unizar.es unl.edu unl.pt unlp.edu.ar
        unlv.edu unm.edu unmc.edu unmsm.edu.pe unom.ac.in unomaha.edu unr.edu unr.edu.ar uns.ac.rs unsa.ba unt.edu
        unza.zm uoc.edu uoguelph.ca uohyd.ac.in uoi.gr uom.gr uonbi.ac.ke uow.edu.au up.edu.ph upatras.gr upb.ro upc.es
        upct.es upei.ca upjs.sk upm.edu.my upo.es upol.cz upr.edu upr.si uprm.edu ups.edu uqam.ca uquebec.ca uregina.ca
        urfu.ru uri.edu urjc.es url.edu urv.cat us.edu.pl usach.cl usafa.edu usal.es usask.ca usb.ve usc.edu.au usd.edu
        usf.edu usfca.edu usherbrooke.ca usm.edu usm.my usma.edu usn.no usna.edu usq.edu.au usu.edu usuhs.edu usz.ch
        ut-capitole.fr ut.ac.ir uta.edu utad.pt utas.edu.au utb.cz utcluj.ro utdallas.edu utdt.edu utep.edu uth.edu
        uth.gr uthsc.edu uthscsa.edu utk.edu utm.my utmb.edu utoledo.edu uts.edu.au utsa.edu utsouthwestern.edu
        utulsa.edu uva.es uvh.nl uvigo.es uvigo.gal uvm.edu uvsq.fr uvt.ro uvu.edu uwasa.fi uwc.ac.za uwe.ac.uk uwf.edu
        uwi.edu uwindsor.ca uwm.edu uws.ac.uk uws.edu.au uwyo.edu valpo.edu vassar.edu vcu.edu vdu.lt vetmeduni.ac.at
        vib.be victoria.ac.nz villanova.edu vit.ac.in vito.be vlir.be vnu.edu.vn vsb.cz vtt.fi vu-wien.ac.at vu.edu.au
        vumc.nl vutbr.cz waikato.ac.nz wayne.edu weber.edu wellesley.edu wesleyan.edu westernsydney.edu.au
        westminster.ac.uk wfu.edu wgu.edu wheaton.edu whitman.edu whu.edu whu.edu.cn wichita.edu willamette.edu
        williams.edu wlu.ca wlu.edu wlv.ac.uk wm.edu wmich.edu wmin.ac.uk wofford.edu wpi.edu wright.edu wsl.ch wsu.edu
        wum.edu.pl wvu.edu wwu.edu xavier.edu xjtu.edu.cn xmu.edu.cn yildiz.edu.tr yu.edu zalf.de zbmed.de zbw.eu zcu.cz
        zhaw.ch zpid.de zu.de
        """,
    ),
)
